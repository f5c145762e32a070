import { isMultiValue, type Rule, type Term } from "#server/rego/ast.ts";
import { patternVars } from "./declared.ts";
import { dynamicParts, isComplete, type RuleNode } from "./rule-tree.ts";
import type { FunctionType, TypeChecker } from "./type-checker.ts";
import { TypeEnv } from "./type-env.ts";
import { anyType, or, type Type } from "./types.ts";

/** The types of rules and functions, found when first asked for: a rule's rests on those it uses. */
export class RuleTypes {
  private readonly checker: TypeChecker;
  private readonly ofRule = new Map<Rule, { given: Type; args: Type[] } | undefined>();
  private readonly ofNode = new Map<RuleNode, Type>();
  private readonly ofFunction = new Map<RuleNode, FunctionType>();

  constructor(checker: TypeChecker) {
    this.checker = checker;
  }

  /** The type of what a rule gives and of its arguments; `undefined` if it has errors. */
  checkRule(rule: Rule): { given: Type; args: Type[] } | undefined {
    if (this.ofRule.has(rule)) return this.ofRule.get(rule);
    this.ofRule.set(rule, undefined);
    const found = this.check(rule);
    this.ofRule.set(rule, found);
    return found;
  }

  private check(rule: Rule): { given: Type; args: Type[] } | undefined {
    const { checker } = this;
    const { head } = rule;
    const env = new TypeEnv();
    const before = checker.errors.length;
    checker.body(rule.body, env);
    for (const { name } of head.args?.flatMap(patternVars) ?? [])
      if (env.get(name) === undefined) env.set(name, anyType);
    const args = head.args?.map((arg) => checker.typeOf(arg, env)) ?? [];
    const given = checker.typeOf((isMultiValue(head) ? head.key : head.value) as Term, env);
    const found = checker.errors.length === before ? { given, args } : undefined;
    if (rule.otherwise === undefined) return found;
    const other = this.checkRule(rule.otherwise);
    if (found === undefined || other === undefined) return undefined;
    return { given: or(given, other.given), args: args.map((arg, i) => or(arg, other.args[i] ?? anyType)) };
  }

  functionType(node: RuleNode): FunctionType {
    const known = this.ofFunction.get(node);
    if (known !== undefined) return known;
    const types = node.rules.map((rule) => this.checkRule(rule));
    const params = (node.rules[0]?.head.args ?? []).map((_, i) =>
      types.map((type) => type?.args[i] ?? anyType).reduce(or),
    );
    const result = types.map((type) => type?.given ?? anyType).reduce(or, types[0]?.given ?? anyType);
    const type = { params, result, variadic: false };
    this.ofFunction.set(node, type);
    return type;
  }

  /** What the rules of a node give together, as a document. */
  documentType(node: RuleNode): Type {
    const known = this.ofNode.get(node);
    if (known !== undefined) return known;
    const type = this.documentOf(node);
    this.ofNode.set(node, type);
    return type;
  }

  private documentOf(node: RuleNode): Type {
    const given = node.rules.map((rule) => this.checkRule(rule)?.given ?? anyType);
    const joined = given.reduce(or, given[0] ?? anyType);
    if (node.rules.every(isComplete)) return joined;
    if (node.rules.every((rule) => dynamicParts(rule).length === 0)) return { kind: "set", of: joined };
    const isFlat =
      node.children.size === 0 &&
      node.rules.every((rule) => dynamicParts(rule).length === 1 && !isMultiValue(rule.head));
    return { kind: "object", fields: new Map(), rest: { key: anyType, value: isFlat ? joined : anyType } };
  }
}
