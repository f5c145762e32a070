import type { Rule, Term } from "./ast.ts";
import { constantPath, findNode } from "./compile/rule-tree.ts";
import { isDataRef } from "./compile/signatures.ts";
import type { Prepared } from "./engine.ts";
import { refText } from "./text-of.ts";
import { visitBody, visitTerms } from "./walk.ts";

export interface Outline {
  rules: OutlinedRule[];
  /** Paths of base data the rules read: what an evaluation must be given as `data`. */
  data: string[];
  /** Paths of `input` the rules read, as far as they are constant. */
  input: string[];
}

export interface OutlinedRule {
  package: string;
  /** The name in the package, as far as it is constant. */
  name: string;
  kind: "value" | "set" | "object" | "function";
  isDefault: boolean;
  file: string;
  row: number;
}

/** What a policy defines and what it reads, without running it. */
export function outline(prepared: Prepared): Outline {
  const { modules, root } = prepared.compiled;
  const rules = modules.flatMap((module) => module.rules);
  const data = new Set<string>();
  const input = new Set<string>();
  const visit = (term: Term): boolean => {
    if (term.type !== "ref") return false;
    const [head] = term.parts;
    if (head?.type === "var" && head.name === "input") input.add(constantText(term.parts));
    if (isDataRef(term.parts) && !reachesRules(term.parts)) data.add(constantText(term.parts));
    return false;
  };
  const reachesRules = (parts: readonly Term[]) => {
    for (let length = 1; length <= parts.length; length++) {
      const node = findNode(root, parts.slice(1, length));
      if (node === undefined) return false;
      if (node.rules.length > 0) return true;
    }
    return findNode(root, parts.slice(1)) !== undefined;
  };
  for (const rule of rules) visitRule(rule, visit);
  return { rules: rules.map(outlined), data: [...data].sort(), input: [...input].sort() };
}

function constantText(parts: readonly Term[]): string {
  const end = parts.findIndex((part, i) => i > 0 && part.type !== "scalar");
  return refText(end < 0 ? parts : parts.slice(0, end));
}

function visitRule(rule: Rule, visit: (term: Term) => boolean): void {
  for (let next: Rule | undefined = rule; next !== undefined; next = next.otherwise) {
    visitBody(next.body, visit);
    for (const term of [next.head.key, next.head.value]) if (term !== undefined) visitTerms(term, visit);
  }
}

function outlined(rule: Rule): OutlinedRule {
  const { head, module, isDefault, loc } = rule;
  const path = constantPath(rule).slice(module.packagePath.length);
  const name = refText([head.ref[0] as Term, ...head.ref.slice(1, path.length)]);
  const isObject = head.ref.length > path.length;
  const kind = head.args !== undefined ? "function" : isObject ? "object" : head.key !== undefined ? "set" : "value";
  return { package: module.packagePath.join("."), name, kind, isDefault, file: loc.file, row: loc.row };
}
