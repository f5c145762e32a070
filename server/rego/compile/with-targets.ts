import type { Expr, Rule, Term, With } from "#server/rego/ast.ts";
import { refOf } from "#server/rego/ast.ts";
import { type RegoError, regoError } from "#server/rego/errors.ts";
import { refText } from "#server/rego/text-of.ts";
import { visitTerms } from "#server/rego/walk.ts";
import { findNode, type RuleNode } from "./rule-tree.ts";
import { builtinName, isDataRef, isRelation, signatureOf } from "./signatures.ts";

/** Refuses `with` on what cannot be replaced. */
export function checkWith(modifier: With, root: RuleNode): RegoError | undefined {
  const { target } = modifier;
  const parts = target.type === "ref" ? target.parts : [target];
  const [head] = parts;
  if (head?.type === "var" && head.name === "input") return undefined;
  if (isDataRef(parts)) return checkDataTarget(parts.slice(1), modifier, root);
  const name = builtinName(parts);
  const signature = name === undefined ? undefined : signatureOf(name);
  if (name === undefined || signature === undefined) {
    const message = "with keyword target must reference existing input, data, or a function";
    return regoError("rego_type_error", target.loc, message);
  }
  if (target.type === "var") modifier.target = refOf([target], target.loc);
  modifier.ofFunction = true;
  const refused = refusedBuiltinTarget(name);
  if (refused !== undefined)
    return regoError("rego_compile_error", target.loc, `with keyword replacing built-in function: ${refused}`);
  return checkReplacement(modifier, signature.params.length, root);
}

function refusedBuiltinTarget(name: string): string | undefined {
  if (name === "eq" || name.startsWith("rego.metadata.")) return `replacement of "${name}" invalid`;
  if (name.startsWith("internal.")) return `replacement of internal function "${name}" invalid`;
  if (isRelation(name)) return "target must not be a relation";
  return name === "print" ? "target must not be a void function" : undefined;
}

function checkDataTarget(path: readonly Term[], modifier: With, root: RuleNode): RegoError | undefined {
  let node: RuleNode | undefined = root;
  for (const part of path.slice(0, -1)) {
    node = part.type === "scalar" ? node?.child(part.value) : undefined;
    if (node === undefined) return undefined;
    if (node.rules.length > 0) {
      return regoError(
        "rego_compile_error",
        modifier.target.loc,
        "with keyword cannot partially replace virtual document(s)",
      );
    }
  }
  const target = findNode(root, path);
  if (target?.isFunction !== true) return undefined;
  modifier.ofFunction = true;
  return checkReplacement(modifier, target.rules[0]?.head.args?.length ?? 0, root);
}

/** A function that replaces another takes as many operands. */
function checkReplacement(modifier: With, arity: number, root: RuleNode): RegoError | undefined {
  const { value } = modifier;
  const parts = value.type === "ref" ? value.parts : value.type === "var" ? [value] : [];
  const node = isDataRef(parts) ? findNode(root, parts.slice(1)) : undefined;
  const name = parts.length === 0 || isDataRef(parts) ? undefined : builtinName(parts);
  if (name !== undefined && signatureOf(name) !== undefined) modifier.byFunction = true;
  const given = node?.isFunction === true ? node.rules[0]?.head.args?.length : name && signatureOf(name)?.params.length;
  if (typeof given !== "number" || given === arity) return undefined;
  return regoError(
    "rego_type_error",
    value.loc,
    `${refText(parts)}: arity mismatch in replacement of a function (have ${given}, want ${arity})`,
  );
}

/** Every modifier of a rule, those in closures included. */
export function visitWiths(rule: Rule, visit: (modifier: With) => void): void {
  const onExpr = (expr: Expr) => {
    for (const modifier of expr.withs) visit(modifier);
  };
  for (let next: Rule | undefined = rule; next !== undefined; next = next.otherwise) {
    visitExprs(next.body, onExpr);
  }
}

export function visitExprs(body: readonly Expr[], visit: (expr: Expr) => void): void {
  const inTerm = (term: Term): boolean => {
    if ("body" in term) visitExprs(term.body, visit);
    if (term.type === "template")
      visitExprs(
        term.parts.filter((part) => typeof part !== "string"),
        visit,
      );
    return "body" in term || term.type === "template";
  };
  for (const expr of body) {
    visit(expr);
    const { node } = expr;
    if (node.type === "every") visitExprs(node.body, visit);
    const terms = node.type === "some" ? [] : node.type === "every" || node.type === "someIn" ? [node.domain] : [node];
    for (const term of [...terms, ...expr.withs.map(({ value }) => value)]) visitTerms(term, inTerm);
  }
}
