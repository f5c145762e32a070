import { constantPart } from "./constant-part.ts";
import type {
  PlanConfiguration,
  PlanDocument,
  PlanModule,
  PlanModuleConfig,
  PlanResourceConfig,
} from "./plan-document.ts";

/** One resource of the planned end state, with what its configuration says about it. */
export interface PlannedResource {
  address: string;
  type: string;
  name: string;
  index: string | number | undefined;
  /** Address of the module, empty for the root. */
  module: string;
  values: Readonly<Record<string, unknown>>;
  /** Mirrors `values`: true where a value is only known after apply. */
  unknown: unknown;
  config: PlanResourceConfig | undefined;
  /** Why its number is not known, where it is not: then it stands for one or more. */
  countUnknown?: string;
}

function object(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** `module.a["x"].module.b` names the module calls a, b: indexes do not matter to configuration. */
export function moduleNames(module: string): string[] {
  return [...module.matchAll(/(?:^|\.)module\.([\w-]+)(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?/g)].map((match) => match[1]!);
}

export function moduleConfig(
  configuration: PlanConfiguration | undefined,
  module: string,
): PlanModuleConfig | undefined {
  let current = configuration?.root_module;
  for (const name of moduleNames(module)) current = current?.module_calls?.[name]?.module;
  return current;
}

function configIndex(configuration: PlanConfiguration | undefined) {
  const byModule = new Map<string, Map<string, PlanResourceConfig>>();
  return (module: string, key: string): PlanResourceConfig | undefined => {
    const path = moduleNames(module).join(".");
    let resources = byModule.get(path);
    if (!resources) {
      const found = moduleConfig(configuration, module)?.resources ?? [];
      resources = new Map(
        found.map((resource) => [`${resource.mode ?? "managed"}.${resource.type}.${resource.name}`, resource]),
      );
      byModule.set(path, resources);
    }
    return resources.get(key);
  };
}

/** Resources a plan leaves standing, modules included. Data sources cost nothing and are left out. */
export function plannedResources(plan: PlanDocument): PlannedResource[] {
  const unknowns = new Map(
    (plan.resource_changes ?? []).map((change) => [change.address, change.change?.after_unknown]),
  );
  const configOf = configIndex(plan.configuration);
  const planned: PlannedResource[] = [];
  const visit = (module: PlanModule | undefined, depth: number): void => {
    if (!module || depth > 64) return;
    for (const resource of module.resources ?? []) {
      if (resource.mode === "data" || !resource.type || !resource.address) continue;
      const { address, type } = resource;
      const name = resource.name ?? "";
      planned.push({
        address,
        type,
        name,
        index: resource.index,
        module: module.address ?? "",
        values: object(resource.values),
        unknown: unknowns.get(address),
        config: configOf(module.address ?? "", `managed.${type}.${name}`),
      });
    }
    for (const child of module.child_modules ?? []) visit(child, depth + 1);
  };
  visit(plan.planned_values?.root_module, 0);
  for (const deferred of plan.deferred_changes ?? []) {
    const change = deferred.resource_change;
    if (!change?.address || !change.type || change.mode === "data") continue;
    const { address, type, name = "", module_address: module = "" } = change;
    const config = configOf(module, `managed.${type}.${name}`);
    const { values, unknown } = constantPart(config?.expressions ?? {});
    planned.push({
      address,
      type,
      name,
      index: undefined,
      module,
      values,
      unknown,
      config,
      countUnknown: (deferred.reason ?? "its number hangs on something unknown").replaceAll("_", " "),
    });
  }
  return planned;
}
