import type { ModuleInstance } from "#server/plan/module/module-instance.ts";
import type { Change, Plan, PlanModule, PlannedOutput, PlanResource } from "#server/plan/plan.ts";
import { isUnknown } from "#server/plan/value/value.ts";
import type { CollectedChanges, PlannedChange } from "./changes.ts";
import { jsonType } from "./json-type.ts";
import { knownPart, plainObject, sensitiveMask, unknownMask } from "./json-value.ts";

export function renderVariables(root: ModuleInstance): Pick<Plan, "variables"> {
  const entries = [...root.variables].map(([name, variable]) => {
    const value = variable.value();
    return [name, isUnknown(value) ? {} : { value: knownPart(value) }] as const;
  });
  return entries.length === 0 ? {} : { variables: plainObject(entries) as NonNullable<Plan["variables"]> };
}

export function renderPlannedValues(root: ModuleInstance, changes: CollectedChanges): Plan["planned_values"] {
  const byModule = new Map<string, PlannedChange[]>();
  for (const planned of changes.planned) {
    if (planned.node.block.mode === "data") continue;
    const { address } = planned.node.module;
    const own = byModule.get(address);
    if (own) own.push(planned);
    else byModule.set(address, [planned]);
  }
  const outputs = renderOutputs(root);
  return { ...(outputs && { outputs }), root_module: renderModule(root, byModule) };
}

function renderModule(module: ModuleInstance, byModule: ReadonlyMap<string, PlannedChange[]>): PlanModule {
  const resources = (byModule.get(module.address) ?? []).map(renderResource);
  const children = [...module.calls.values()]
    .flatMap((call) => [...call.instances().values()])
    .map((child) => renderModule(child, byModule))
    .filter((child) => child.resources || child.child_modules);
  return {
    ...(module.address !== "" && { address: module.address }),
    ...(resources.length > 0 && { resources }),
    ...(children.length > 0 && { child_modules: children }),
  };
}

function renderResource({ change }: PlannedChange): PlanResource {
  return {
    address: change.address,
    mode: change.mode,
    type: change.type,
    name: change.name,
    ...(change.index !== undefined && { index: change.index }),
    provider_name: change.provider_name,
    schema_version: 0,
    values: change.change.after as Record<string, unknown>,
    sensitive_values: change.change.after_sensitive,
  };
}

function renderOutputs(root: ModuleInstance): Record<string, PlannedOutput> | undefined {
  const entries = [...root.source.outputs.keys()].map((name) => {
    const value = root.output(name);
    const isKnown = value.content !== undefined && !hasUnknown(unknownMask(value));
    const known = isKnown && value.content !== null ? { type: jsonType(value.type), value: knownPart(value) } : {};
    return [name, { sensitive: value.sensitive, ...known }] as const;
  });
  return entries.length === 0 ? undefined : (plainObject(entries) as Record<string, PlannedOutput>);
}

function hasUnknown(mask: unknown): boolean {
  if (typeof mask !== "object" || mask === null) return mask === true;
  return Object.values(mask).some(hasUnknown);
}

export function renderOutputChanges(root: ModuleInstance): Pick<Plan, "output_changes"> {
  const entries = [...root.source.outputs.keys()].map((name) => {
    const value = root.output(name);
    const change: Change = {
      actions: ["create"],
      before: null,
      after: knownPart(value),
      after_unknown: unknownMask(value),
      before_sensitive: value.sensitive,
      after_sensitive: sensitiveMask(value),
    };
    if (value.content === undefined) delete (change as Partial<Change>).after;
    return [name, change] as const;
  });
  return entries.length === 0 ? {} : { output_changes: plainObject(entries) as NonNullable<Plan["output_changes"]> };
}
