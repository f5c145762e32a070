import type { RefTerm, Term } from "#server/rego/ast.ts";
import type { Builtin, Signature } from "#server/rego/builtins/builtin.ts";
import { builtins, refusedBuiltins } from "#server/rego/builtins/registry.ts";
import { findNode, type RuleNode } from "./rule-tree.ts";

export function builtinName(parts: readonly Term[]): string | undefined {
  const [head, ...rest] = parts;
  if (head?.type !== "var") return undefined;
  let name = head.name;
  for (const part of rest) {
    if (part.type !== "scalar" || typeof part.value !== "string") return undefined;
    name += `.${part.value}`;
  }
  return name;
}

/** The signature of a built-in, whether it runs here or is only known by name. */
export function signatureOf(name: string): Signature | undefined {
  return builtins.get(name) ?? refusedBuiltins.get(name);
}

export function isRelation(name: string): boolean {
  return builtins.get(name)?.relation === true;
}

export function isDataRef(parts: readonly Term[]): boolean {
  const [head] = parts;
  return head?.type === "var" && head.name === "data";
}

export function functionNode(root: RuleNode, operator: RefTerm): RuleNode | undefined {
  if (!isDataRef(operator.parts)) return undefined;
  const node = findNode(root, operator.parts.slice(1));
  return node?.isFunction === true ? node : undefined;
}

/** Operands a function takes; -1 where there is none of that name, endless for variadic ones. */
export function arityOf(root: RuleNode, operator: RefTerm): number {
  const node = functionNode(root, operator);
  if (node !== undefined) return node.rules[0]?.head.args?.length ?? -1;
  const name = builtinName(operator.parts);
  const signature = name === undefined ? undefined : signatureOf(name);
  if (signature === undefined) return -1;
  return signature.variadic === true ? Number.POSITIVE_INFINITY : signature.params.length;
}

export function findBuiltin(name: string): Builtin | undefined {
  return builtins.get(name);
}
