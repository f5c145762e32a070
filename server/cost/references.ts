import { groupBy } from "./group-by.ts";
import type { PlanConfiguration, PlanDocument } from "./plan-document.ts";
import { moduleConfig, moduleNames, type PlannedResource } from "./planned-resource.ts";

/** Module outputs and inputs are followed this deep; a longer chain is not a launch template. */
const maxHops = 12;

/** Every `references` list below an expression of the plan's configuration. */
export function referencesIn(expression: unknown): string[] {
  if (Array.isArray(expression)) return expression.flatMap(referencesIn);
  if (typeof expression !== "object" || expression === null) return [];
  return Object.entries(expression).flatMap(([name, value]) =>
    name === "references" && Array.isArray(value)
      ? value.filter((item) => typeof item === "string")
      : referencesIn(value),
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
  /** Whether an expression can hang on more than the plan's inputs: locals are not shown in a plan, so they may. */
  doubt(from: PlannedResource, expression: unknown): "yes" | "maybe" | "no";
  /** Resources of a type that point at `to`. */
  sources(to: PlannedResource, type: string): PlannedResource[];
}

function worst(doubts: readonly ("yes" | "maybe" | "no")[]): "yes" | "maybe" | "no" {
  if (doubts.includes("yes")) return "yes";
  return doubts.includes("maybe") ? "maybe" : "no";
}

/** Input of a module: the expression its call gives, read in the calling module. */
function inputExpression(configuration: PlanConfiguration | undefined, module: string, name: string) {
  const parent = module.replace(/(^|\.)module\.[\w-]+(\[[^\]]*\])?$/, "");
  const call = moduleConfig(configuration, parent)?.module_calls?.[moduleNames(module).at(-1) ?? ""];
  return { parent, expression: call?.expressions?.[name] };
}

/** Finds what points at what, through module inputs and outputs, from the configuration part of the plan. */
export function referenceGraph(resources: readonly PlannedResource[], plan: PlanDocument): ReferenceGraph {
  const { configuration } = plan;
  const byBlock = groupBy(resources, (resource) => `${resource.module}|${resource.type}.${resource.name}`);
  const byType = groupBy(resources, (resource) => resource.type);

  const resolve = (reference: string, module: string, hops: number): PlannedResource[] => {
    if (hops > maxHops) return [];
    const [head = "", second = "", third = ""] = reference.split(/[.[]/);
    if (head === "var") {
      const { parent, expression } = inputExpression(configuration, module, second);
      return resolveAll(referencesIn(expression), parent, hops + 1);
    }
    if (head === "module") {
      const child = module === "" ? `module.${second}` : `${module}.module.${second}`;
      const output = third.replace(/.*\]/, "") || reference.split(".")[2] || "";
      const expression = moduleConfig(configuration, child)?.outputs?.[output];
      return resolveAll(referencesIn(expression), child, hops + 1);
    }
    const instances = byBlock.get(`${module}|${head}.${second}`) ?? [];
    const index = instanceIndex(reference);
    return index === undefined ? instances : instances.filter((instance) => String(instance.index) === index);
  };
  const resolveAll = (references: readonly string[], module: string, hops: number): PlannedResource[] => [
    ...new Set(references.flatMap((reference) => resolve(reference, module, hops))),
  ];

  const targets = (from: PlannedResource, expression: unknown): PlannedResource[] => {
    const found = resolveAll(referencesIn(expression), from.module, 0);
    const twins = found.filter((resource) => resource.index !== undefined && resource.index === from.index);
    return twins.length > 0 ? [...twins, ...found.filter((resource) => resource.index === undefined)] : found;
  };
  /** A null input leaves a value to the provider: that is an attribute left out, not an unknown one. */
  const doubtOf = (reference: string, from: PlannedResource, module: string, hops: number): "yes" | "maybe" | "no" => {
    const [head = "", name = ""] = reference.split(/[.[]/);
    if (head === "path" || head === "terraform" || head === "count") return "no";
    if (head === "local" || hops > maxHops) return "maybe";
    if (head === "each")
      return worst(referencesIn(from.config?.for_each_expression).map((next) => doubtOf(next, from, module, hops + 1)));
    if (head !== "var") return "yes";
    if (module === "") return plan.variables?.[name]?.value === undefined ? "yes" : "no";
    const { parent, expression } = inputExpression(configuration, module, name);
    return worst(referencesIn(expression).map((next) => doubtOf(next, from, parent, hops + 1)));
  };
  const pointsAt = new Map<PlannedResource, Set<PlannedResource>>();
  return {
    targets,
    doubt: (from, expression) =>
      worst(referencesIn(expression).map((reference) => doubtOf(reference, from, from.module, 0))),
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
