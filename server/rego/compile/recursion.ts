import { type Module, type Rule, scalar, type Term, variable } from "#server/rego/ast.ts";
import { nowhere, type RegoError, regoError } from "#server/rego/errors.ts";
import { refText } from "#server/rego/text-of.ts";
import { visitBody, visitTerms } from "#server/rego/walk.ts";
import { constantPath, type RuleNode } from "./rule-tree.ts";

/** Rules that depend on themselves; a reference whose path is not constant depends on all it could reach. */
export function checkRecursion(root: RuleNode, modules: readonly Module[]): RegoError[] {
  const edges = new Map<RuleNode, Set<RuleNode>>();
  for (const rule of modules.flatMap((module) => module.rules)) {
    const node = constantPath(rule).reduce<RuleNode | undefined>((at, key) => at?.child(key), root);
    if (node === undefined) continue;
    const targets = edges.get(node) ?? new Set();
    edges.set(node, targets);
    for (const target of dependencies(rule, root)) targets.add(target);
  }
  const errors: RegoError[] = [];
  for (const node of nodesInCycles(edges)) {
    const cycle = cycleThrough(node, edges);
    const [rule] = node.rules;
    if (cycle === undefined || rule === undefined) continue;
    const names = cycle.map(nodeName);
    const message = `rule ${nodeName(node)} is recursive: ${names.join(" -> ")}`;
    errors.push(regoError("rego_recursion_error", rule.loc, message));
    if (errors.length > 10) break;
  }
  return errors;
}

type Edges = ReadonlyMap<RuleNode, ReadonlySet<RuleNode>>;

/** What is left when nodes that depend on nothing left are taken away again and again: few, if any. */
function nodesInCycles(edges: Edges): RuleNode[] {
  const open = new Map<RuleNode, number>();
  const users = new Map<RuleNode, RuleNode[]>();
  for (const [node, targets] of edges) {
    open.set(node, targets.size);
    for (const target of targets) {
      const known = users.get(target);
      if (known === undefined) users.set(target, [node]);
      else known.push(node);
    }
  }
  const settled = [...open.keys()].filter((node) => open.get(node) === 0);
  for (const node of users.keys()) if (!open.has(node)) settled.push(node);
  for (const node of settled) {
    open.delete(node);
    for (const user of users.get(node) ?? []) {
      const left = (open.get(user) ?? 0) - 1;
      open.set(user, left);
      if (left === 0) settled.push(user);
    }
  }
  return [...open.keys()];
}

function nodeName(node: RuleNode): string {
  return refText([variable("data", nowhere), ...node.path.map((key) => scalar(key, nowhere))]);
}

/** The nodes with rules that a rule's references may reach. */
export function dependencies(rule: Rule, root: RuleNode): Set<RuleNode> {
  const found = new Set<RuleNode>();
  const visit = (term: Term) => {
    if (term.type === "ref") addTargets(term.parts, root, found);
    return false;
  };
  for (let next: Rule | undefined = rule; next !== undefined; next = next.otherwise) {
    visitBody(next.body, visit);
    const { head } = next;
    for (const term of [...(head.args ?? []), ...head.ref.slice(1), head.key, head.value]) {
      if (term !== undefined) visitTerms(term, visit);
    }
  }
  return found;
}

function addTargets(parts: readonly Term[], root: RuleNode, found: Set<RuleNode>): void {
  const [head, ...path] = parts;
  if (head?.type !== "var" || head.name !== "data") return;
  let level = [root];
  for (const part of path) {
    const next = level.flatMap((node) => {
      if (part.type !== "scalar") return [...node.children.values()];
      const child = node.child(part.value);
      return child === undefined ? [] : [child];
    });
    for (const node of next) if (node.rules.length > 0) found.add(node);
    level = next;
  }
  for (const node of level) for (const below of node.below()) if (below.rules.length > 0) found.add(below);
}

function cycleThrough(start: RuleNode, edges: Edges): RuleNode[] | undefined {
  const cameFrom = new Map<RuleNode, RuleNode>();
  const queue = [start];
  for (const node of queue) {
    for (const next of edges.get(node) ?? []) {
      if (next === start) return pathBack(node, start, cameFrom);
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, node);
      queue.push(next);
    }
  }
  return undefined;
}

function pathBack(end: RuleNode, start: RuleNode, cameFrom: ReadonlyMap<RuleNode, RuleNode>): RuleNode[] {
  const path = [start];
  for (let at: RuleNode | undefined = end; at !== undefined && at !== start; at = cameFrom.get(at)) path.unshift(at);
  return [start, ...path];
}
