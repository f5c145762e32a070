import type { Rule } from "#server/rego/ast.ts";
import { dynamicParts, isComplete, type RuleNode } from "#server/rego/compile/rule-tree.ts";
import { equal, type Value } from "#server/rego/values/value.ts";
import { type Clause, compileClause } from "./clause.ts";
import { constantOf } from "./constants.ts";
import type { Machine } from "./machine.ts";
import type { Program } from "./program.ts";
import { RuleIndex } from "./rule-index.ts";

export type DefinitionKind = "complete" | "function" | "set" | "object";

/** The rules that define one place of `data` together; their bodies become closures at first use. */
export class Definition {
  readonly id: number;
  readonly node: RuleNode;
  readonly kind: DefinitionKind;
  readonly program: Program;
  private compiled: { clauses: Clause[]; fallback: Clause | undefined } | undefined;
  private constant: boolean | undefined;
  private index: RuleIndex | "none" | undefined;
  private inner: { path: Value[]; value: Value }[] | undefined;
  private readonly byKeys: Clause[][] = [];

  constructor(id: number, node: RuleNode, program: Program) {
    this.id = id;
    this.node = node;
    this.program = program;
    this.kind = kindOf(node);
  }

  get rules(): Rule[] {
    return this.kind === "object" ? this.node.extent.filter((rule) => rule.head.args === undefined) : this.node.rules;
  }

  private get all(): { clauses: Clause[]; fallback: Clause | undefined } {
    this.compiled ??= this.compile();
    return this.compiled;
  }

  private compile(): { clauses: Clause[]; fallback: Clause | undefined } {
    const { rules } = this;
    const clauses = rules.filter((rule) => !rule.isDefault).map((rule) => compileClause(this, rule, 0));
    const fallback = rules.find((rule) => rule.isDefault);
    return { clauses, fallback: fallback && this.kind !== "object" ? compileClause(this, fallback, 0) : undefined };
  }

  get clauses(): readonly Clause[] {
    return this.all.clauses;
  }

  /** Every clause gives the same constant: one that holds is enough. */
  get agrees(): boolean {
    this.constant ??= allSame(this.clauses);
    return this.constant;
  }

  /** The clauses that may hold for the input at hand, in order. */
  candidates(machine: Machine, given: readonly Value[]): readonly Clause[] {
    if (this.index === undefined) {
      const found = this.program.instrument ? undefined : RuleIndex.of(this.clauses);
      this.index = found ?? "none";
    }
    return this.index === "none" ? this.clauses : this.index.candidates(machine, given);
  }

  /** The default's. */
  get fallback(): Clause | undefined {
    return this.all.fallback;
  }

  /** Of rules at constant paths inside a document that others write into too: the defaults, with their paths. */
  get innerDefaults(): readonly { path: readonly Value[]; value: Value }[] {
    this.inner ??=
      this.kind === "object" ? this.rules.filter((rule) => rule.isDefault).map((rule) => innerDefault(this, rule)) : [];
    return this.inner;
  }

  /** The clauses with their first `count` keys given from outside. */
  clausesByKeys(count: number): readonly Clause[] {
    this.byKeys[count] ??= this.rules.filter((rule) => !rule.isDefault).map((rule) => compileClause(this, rule, count));
    return this.byKeys[count];
  }

  /** How many keys from outside can make a difference. */
  get maxKeys(): number {
    return this.kind === "set" ? 1 : Math.max(...this.rules.map((rule) => this.keyParts(rule).length));
  }

  /** The parts of a rule's path below this place, the member of a multi-value rule last. */
  keyParts(rule: Rule): Rule["head"]["ref"] {
    const depth = this.node.path.length - rule.module.packagePath.length;
    const parts = depth > 0 ? rule.head.ref.slice(depth) : rule.head.ref;
    const { key } = rule.head;
    return key === undefined ? parts : [...parts, key];
  }
}

function kindOf(node: RuleNode): DefinitionKind {
  const { rules } = node;
  if (node.isFunction) return "function";
  if (rules.every(isComplete)) return "complete";
  return rules.some((rule) => dynamicParts(rule).length > 0) ? "object" : "set";
}

function innerDefault(definition: Definition, rule: Rule): { path: Value[]; value: Value } {
  const path = definition.keyParts(rule).map((part) => (part.type === "scalar" ? part.value : null));
  return { path, value: (rule.head.value && constantOf(rule.head.value)) ?? null };
}

function allSame(clauses: readonly Clause[]): boolean {
  const values: (Value | undefined)[] = [];
  for (const clause of clauses) {
    for (let branch: Clause | undefined = clause; branch !== undefined; branch = branch.otherwise) {
      const { value } = branch.rule.head;
      values.push(value && constantOf(value));
    }
  }
  const [first] = values;
  return first !== undefined && values.every((value) => value !== undefined && equal(value, first));
}
