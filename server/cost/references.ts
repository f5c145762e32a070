import { groupBy } from "./group-by.ts";
import type { PlanConfiguration, PlanDocument } from "./plan-document.ts";
import { moduleConfig, moduleNames, type PlannedResource } from "./planned-resource.ts";

/** No configuration nests blocks this deep; a hostile document may. */
const maxDepth = 64;

/**
 * Behind an instance Terraform names the resource it is of: `["aws_subnet.a[0].id", "aws_subnet.a[0]", "aws_subnet.a"]` is a
 * reference to the first subnet, not to all of them.
 */
function withoutContainers(references: readonly string[]): string[] {
  const isContainer = (name: string, of = "") => of.startsWith(`${name}[`) && of.endsWith("]");
  return references.filter((name, at) => !isContainer(name, references[at - 1]));
}

/** Every `references` list below an expression of the plan's configuration. */
export function referencesIn(expression: unknown, depth = 0): string[] {
  if (typeof expression !== "object" || expression === null || depth > maxDepth) return [];
  if (Array.isArray(expression)) return expression.flatMap((item) => referencesIn(item, depth + 1));
  return Object.entries(expression).flatMap(([name, value]) =>
    name === "references" && Array.isArray(value)
      ? withoutContainers(value.filter((item) => typeof item === "string"))
      : referencesIn(value, depth + 1),
  );
}

/** The "a" of `aws_instance.web["a"].id`; undefined where the reference is to all of them. */
function instanceIndex(reference: string): string | undefined {
  const match = /^[\w-]+\.[\w-]+\[(?:"((?:[^"\\]|\\.)*)"|(\d+))\]/.exec(reference);
  return match?.[1] ?? match?.[2];
}

export interface ReferenceGraph {
  /** Resources that an expression of `from` points at. */
  targets(from: PlannedResource, expression: unknown): PlannedResource[];
  /** Resources of a type that point at `to`. */
  sources(to: PlannedResource, type: string): PlannedResource[];
}

/** Input of a module: the expression its call gives, read in the calling module. */
export function inputExpression(configuration: PlanConfiguration | undefined, module: string, name: string) {
  const parent = module.replace(/(^|\.)module\.[\w-]+(\[[^\]]*\])?$/, "");
  const call = moduleConfig(configuration, parent)?.module_calls?.[moduleNames(module).at(-1) ?? ""];
  return { parent, expression: call?.expressions?.[name] };
}

/** The module instances that `module.a`, `module.a[0]` or `module.a["x"]` of a reference means, and the output it reads. */
function outputOf(reference: string, module: string, modules: readonly string[]) {
  const match = /^module\.([\w-]+)(\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?(?:\.([\w-]+))?/.exec(reference);
  if (!match) return { children: [], output: "" };
  const [, name = "", index, output = ""] = match;
  const base = `${module === "" ? "" : `${module}.`}module.${name}`;
  const isWanted = (address: string) =>
    index === undefined ? address === base || address.startsWith(`${base}[`) : address === base + index;
  const children = modules.filter(
    (address) => isWanted(address) && moduleNames(address).length === moduleNames(base).length,
  );
  return { children: children.length > 0 ? children : [base + (index ?? "")], output };
}

/** Finds what points at what, through module inputs and outputs, from the configuration part of the plan. */
export function referenceGraph(resources: readonly PlannedResource[], plan: PlanDocument): ReferenceGraph {
  const { configuration } = plan;
  const byBlock = groupBy(resources, (resource) => `${resource.module}|${resource.type}.${resource.name}`);
  const byType = groupBy(resources, (resource) => resource.type);
  const modules = [...new Set(resources.map((resource) => resource.module))];
  const known = new Map<string, PlannedResource[]>();

  const resolve = (reference: string, module: string): PlannedResource[] => {
    const [head = "", second = ""] = reference.split(/[.[]/);
    if (head === "var") {
      const { parent, expression } = inputExpression(configuration, module, second);
      return module === "" ? [] : resolveAll(referencesIn(expression), parent);
    }
    if (head === "module") {
      const { children, output } = outputOf(reference, module, modules);
      return children.flatMap((child) => {
        const expression = moduleConfig(configuration, child)?.outputs?.[output];
        return resolveAll(referencesIn(expression), child);
      });
    }
    const instances = byBlock.get(`${module}|${head}.${second}`) ?? [];
    const index = instanceIndex(reference);
    return index === undefined ? instances : instances.filter((instance) => String(instance.index) === index);
  };
  /** Each reference is followed once; a circle ends where it began. */
  const follow = (reference: string, module: string): PlannedResource[] => {
    const key = `${module}|${reference}`;
    const found = known.get(key);
    if (found) return found;
    known.set(key, []);
    const resolved = resolve(reference, module);
    known.set(key, resolved);
    return resolved;
  };
  const resolveAll = (references: readonly string[], module: string): PlannedResource[] => [
    ...new Set(references.flatMap((reference) => follow(reference, module))),
  ];

  const targets = (from: PlannedResource, expression: unknown): PlannedResource[] => {
    const found = resolveAll(referencesIn(expression), from.module);
    const twins = found.filter((resource) => resource.index !== undefined && resource.index === from.index);
    return twins.length > 0 ? [...twins, ...found.filter((resource) => resource.index === undefined)] : found;
  };
  const pointsAt = new Map<PlannedResource, Set<PlannedResource>>();
  return {
    targets,
    sources(to, type) {
      return (byType.get(type) ?? []).filter((from) => {
        let seen = pointsAt.get(from);
        if (!seen) {
          seen = new Set(targets(from, from.config?.expressions));
          pointsAt.set(from, seen);
        }
        return seen.has(to);
      });
    },
  };
}
