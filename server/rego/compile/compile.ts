import type { Body, Module, Rule } from "#server/rego/ast.ts";
import { nowhere, type RegoError, RegoErrors, regoError } from "#server/rego/errors.ts";
import type { Value } from "#server/rego/values/value.ts";
import { rewriteBodies } from "#server/rego/walk.ts";
import { type BuiltinPolicy, checkBuiltins } from "./builtin-policy.ts";
import { checkCall, visitBodyCalls, visitCalls } from "./function-calls.ts";
import { LocalVars } from "./local-vars.ts";
import { checkDuplicateImports, checkShadowedRoots, checkUnusedImports } from "./module-checks.ts";
import { NegatedExprs } from "./negated-exprs.ts";
import { checkRecursion } from "./recursion.ts";
import { type Globals, globalsOf, resolveBody, resolveRule } from "./resolve-refs.ts";
import { checkRuleConflicts } from "./rule-conflicts.ts";
import { RuleHeads } from "./rule-heads.ts";
import { buildRuleTree, type RuleNode } from "./rule-tree.ts";
import { Safety } from "./safety.ts";
import { arityOf } from "./signatures.ts";
import { noteTestCases } from "./test-cases.ts";
import { TypeChecker } from "./type-checker.ts";
import { checkWith, visitExprs, visitWiths } from "./with-targets.ts";

export interface CompilerOptions {
  strict: boolean;
  /** Static types; other engines have none. */
  typeCheck: boolean;
  builtins: BuiltinPolicy;
  testCases: boolean;
  /** Rules over paths that base data has are refused. */
  data: Value | undefined;
}

export interface Compiled {
  root: RuleNode;
  modules: readonly Module[];
  types: TypeChecker;
}

const maxErrors = 10;

function stopAt(errors: readonly RegoError[]): void {
  if (errors.length === 0) return;
  const shown = errors.slice(0, maxErrors);
  if (errors.length > maxErrors) shown.push(regoError("rego_compile_error", nowhere, "error limit reached"));
  throw new RegoErrors(shown);
}

/** Resolves, renames, orders and checks modules in place, one stage after the other; a stage with errors is the last. */
export function compileModules(modules: readonly Module[], options: CompilerOptions): Compiled {
  const rules = modules.flatMap((module) => module.rules);
  resolveModules(modules, options);
  const heads = new RuleHeads();
  const locals = new LocalVars(options.strict);
  const root = buildRuleTree(modules);
  for (const rule of rules) locals.rule(rule);
  stopAt(locals.errors);
  for (const rule of rules) heads.rule(rule);
  stopAt(heads.errors);
  const negated = new NegatedExprs();
  changeBodies(rules, (body) => negated.hoistCalls(body));
  stopAt(rules.flatMap((rule) => withErrors(rule, root)));
  stopAt(checkRuleConflicts(root, modules, options.data));
  stopAt(rules.flatMap((rule) => callErrors(rule, root)));
  checkSafety(rules, root);
  changeBodies(rules, (body) => negated.hoistRefs(body));
  stopAt(checkRecursion(root, modules));
  const types = new TypeChecker(root);
  if (options.typeCheck) stopAt(types.checkRules(rules));
  stopAt(modules.flatMap((module) => checkBuiltins(module, options.builtins, options.strict)));
  if (options.testCases) for (const rule of rules) noteTestCases(rule, root);
  return { root, modules, types };
}

function resolveModules(modules: readonly Module[], { strict }: CompilerOptions): void {
  const globals = new Map<Module, Globals>();
  for (const module of modules) globals.set(module, globalsOf(module, modules));
  const checked = modules.filter((module) => strict || module.strictSyntax);
  const shadowed = checked.flatMap(checkShadowedRoots);
  const used = new Map<Module, ReadonlySet<string>>();
  for (const [module, names] of globals) {
    for (const rule of module.rules) resolveRule(rule, names);
    used.set(module, names.used);
  }
  stopAt(shadowed);
  stopAt(checked.flatMap(checkDuplicateImports));
  if (strict) stopAt(modules.flatMap((module) => checkUnusedImports(module, used.get(module) ?? new Set())));
}

function changeBodies(rules: readonly Rule[], change: (body: Body) => Body): void {
  for (const rule of rules) {
    for (let next: Rule | undefined = rule; next !== undefined; next = next.otherwise) {
      next.body = rewriteBodies(next.body, change);
    }
  }
}

function withErrors(rule: Rule, root: RuleNode): RegoError[] {
  const errors: RegoError[] = [];
  visitWiths(rule, (modifier) => {
    const error = checkWith(modifier, root);
    if (error !== undefined) errors.push(error);
  });
  return errors;
}

function callErrors(rule: Rule, root: RuleNode): RegoError[] {
  const errors: RegoError[] = [];
  visitCalls(rule, (call) => {
    const error = checkCall(call, root);
    if (error !== undefined) errors.push(error);
  });
  return errors;
}

function checkSafety(rules: readonly Rule[], root: RuleNode): void {
  const safety = new Safety((operator) => arityOf(root, operator));
  for (const rule of rules) safety.checkHead(rule);
  stopAt(safety.errors);
  for (const rule of rules) safety.checkBody(rule);
  stopAt(safety.errors);
}

/** Compiles a query against compiled modules. */
export function compileQuery(body: Body, { root, types }: Compiled, options: CompilerOptions): Body {
  const locals = new LocalVars(options.strict);
  let query = locals.query(resolveBody(body, { names: new Map(), used: new Set() }, new Set()));
  stopAt(locals.errors);
  new RuleHeads().comprehensions(query);
  const negated = new NegatedExprs();
  query = rewriteBodies(query, (inner) => negated.hoistCalls(inner));
  const errors: RegoError[] = [];
  visitExprs(query, ({ withs }) => {
    for (const modifier of withs) push(errors, checkWith(modifier, root));
  });
  stopAt(errors);
  visitBodyCalls(query, (call) => push(errors, checkCall(call, root)));
  stopAt(errors);
  const safety = new Safety((operator) => arityOf(root, operator));
  query = safety.query(query);
  stopAt(safety.errors);
  query = rewriteBodies(query, (inner) => negated.hoistRefs(inner));
  if (options.typeCheck) stopAt(types.checkBody(query));
  return query;
}

function push(errors: RegoError[], error: RegoError | undefined): void {
  if (error !== undefined) errors.push(error);
}
