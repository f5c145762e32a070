import type { Body, Rule } from "#server/rego/ast.ts";
import type { RegoError } from "#server/rego/errors.ts";
import type { RuleNode } from "./rule-tree.ts";

export class TypeChecker {
  readonly root: RuleNode;

  constructor(root: RuleNode) {
    this.root = root;
  }

  checkRules(_rules: readonly Rule[]): RegoError[] {
    return [];
  }

  checkBody(_body: Body): RegoError[] {
    return [];
  }
}
