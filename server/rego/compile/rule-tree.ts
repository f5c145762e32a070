import { isMultiValue, type Module, type Rule, type Term } from "#server/rego/ast.ts";
import { type Key, keyOf, type Value } from "#server/rego/values/value.ts";

/** The rules by the constant beginning of their path below `data`. */
export class RuleNode {
  readonly key: Value;
  readonly parent: RuleNode | undefined;
  readonly children = new Map<Key, RuleNode>();
  readonly rules: Rule[] = [];
  isPackage = false;

  constructor(key: Value, parent: RuleNode | undefined) {
    this.key = key;
    this.parent = parent;
  }

  child(key: Value): RuleNode | undefined {
    return this.children.get(keyOf(key));
  }

  ensure(key: Value): RuleNode {
    const known = this.child(key);
    if (known !== undefined) return known;
    const made = new RuleNode(key, this);
    this.children.set(keyOf(key), made);
    return made;
  }

  get path(): Value[] {
    return this.parent === undefined ? [] : [...this.parent.path, this.key];
  }

  get isFunction(): boolean {
    return this.rules.some((rule) => rule.head.args !== undefined);
  }

  *below(): Generator<RuleNode> {
    yield this;
    for (const child of this.children.values()) yield* child.below();
  }

  /** The rules of this node and of all below it. */
  get extent(): Rule[] {
    return [...this.below()].flatMap((node) => node.rules);
  }
}

/** The leading parts of a rule's path that are constants, package first. */
export function constantPath(rule: Rule): Value[] {
  const path: Value[] = [...rule.module.packagePath];
  rule.head.ref.every((part, i) => {
    if (i === 0) path.push(part.type === "var" ? part.name : "");
    else if (part.type === "scalar") path.push(part.value);
    return i === 0 || part.type === "scalar";
  });
  return path;
}

/** What follows the constant beginning: at least one part of it is only known at run time. */
export function dynamicParts(rule: Rule): Term[] {
  return rule.head.ref.slice(constantPath(rule).length - rule.module.packagePath.length);
}

export function hasConstantPath(rule: Rule): boolean {
  return dynamicParts(rule).length === 0;
}

export function isComplete(rule: Rule): boolean {
  return hasConstantPath(rule) && !isMultiValue(rule.head);
}

export function buildRuleTree(modules: readonly Module[]): RuleNode {
  const root = new RuleNode("data", undefined);
  for (const module of modules) {
    let node = root;
    for (const part of module.packagePath) node = node.ensure(part);
    node.isPackage = true;
    for (const rule of module.rules) {
      const path = constantPath(rule);
      path.reduce<RuleNode>((at, key) => at.ensure(key), root).rules.push(rule);
    }
  }
  return root;
}

/** The node a constant reference leads to; `undefined` where the tree ends before the path. */
export function findNode(root: RuleNode, parts: readonly Term[]): RuleNode | undefined {
  let node: RuleNode | undefined = root;
  for (const part of parts) {
    if (node === undefined || part.type !== "scalar") return undefined;
    node = node.child(part.value);
  }
  return node;
}
