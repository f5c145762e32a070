import { isMultiValue, type Module, type Rule, scalar, variable } from "#server/rego/ast.ts";
import { nowhere, type RegoError, regoError } from "#server/rego/errors.ts";
import { refText } from "#server/rego/text-of.ts";
import { RegoObject } from "#server/rego/values/rego-object.ts";
import type { Value } from "#server/rego/values/value.ts";
import { constantPath, hasConstantPath, isComplete, type RuleNode } from "./rule-tree.ts";

/** Rules that cannot stand beside one another at one place of `data`. */
export function checkRuleConflicts(
  root: RuleNode,
  modules: readonly Module[],
  baseData: Value | undefined,
): RegoError[] {
  const errors: RegoError[] = [];
  for (const node of root.below()) {
    const found = node.rules.length > 0 ? nodeConflict(node) : undefined;
    if (found !== undefined) errors.push(regoError("rego_type_error", node.rules[0]?.loc ?? nowhere, found));
  }
  if (baseData !== undefined) errors.push(...dataConflicts(modules, baseData));
  return [...errors, ...packageConflicts(root, modules)];
}

function dataPath(path: readonly Value[]): string {
  return refText([variable("data", nowhere), ...path.map((key) => scalar(key, nowhere))]);
}

function fullName(rule: Rule): string {
  const [name, ...rest] = rule.head.ref;
  const path = rule.module.packagePath.map((part) => scalar(part, nowhere));
  const first = name?.type === "var" ? [scalar(name.name, nowhere)] : [];
  return refText([variable("data", nowhere), ...path, ...first, ...rest]);
}

function nodeConflict(node: RuleNode): string | undefined {
  const { rules } = node;
  const last = fullName(rules.at(-1) as Rule);
  const below = [...node.below()].filter((other) => other !== node && other.rules.length > 0);
  if (rules.some(hasConstantPath) && node.children.size > 0 && below.length > 0) {
    const names = below.map((other) => dataPath(other.path)).sort();
    return `rule ${last} conflicts with [${names.join(" ")}]`;
  }
  const arities = new Set(rules.map((rule) => rule.head.args?.length ?? 0));
  const kinds = new Set(rules.map((rule) => isMultiValue(rule.head)));
  const complete = rules.filter(isComplete).length;
  if (kinds.size > 1 || arities.size > 1 || (complete > 0 && complete < rules.length)) {
    return `conflicting rules ${last} found`;
  }
  const defaults = rules.filter((rule) => rule.isDefault);
  if (defaults.length < 2) return undefined;
  const places = defaults.map(({ loc }) => `${loc.file}:${loc.row}`);
  return `multiple default rules ${last} found at ${places.join(", ")}`;
}

/** A rule whose full path is a package of its own. */
function packageConflicts(root: RuleNode, modules: readonly Module[]): RegoError[] {
  const errors: RegoError[] = [];
  for (const module of modules) {
    for (const rule of module.rules.filter(hasConstantPath)) {
      const path = constantPath(rule);
      const node = path.reduce<RuleNode | undefined>((at, key) => at?.child(key), root);
      if (node?.isPackage !== true) continue;
      const text = dataPath(path).replace(/^data\./, "");
      const { loc } = rule;
      const name = refText(rule.head.ref);
      const message = `package ${text} conflicts with rule ${name} defined at ${loc.file}:${loc.row}`;
      for (const other of modules) {
        if (other.packagePath.join("\0") === path.join("\0")) {
          errors.push(regoError("rego_type_error", other.packageLoc, message));
        }
      }
    }
  }
  return errors;
}

function dataConflicts(modules: readonly Module[], data: Value): RegoError[] {
  const errors: RegoError[] = [];
  for (const rule of modules.flatMap((module) => module.rules)) {
    let at: Value | undefined = data;
    const path = constantPath(rule);
    for (const key of path) at = at instanceof RegoObject ? at.get(key) : undefined;
    if (at === undefined) continue;
    errors.push(regoError("rego_compile_error", rule.loc, `conflicting rule for data path ${path.join("/")} found`));
  }
  return errors;
}
