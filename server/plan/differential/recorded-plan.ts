import type { Plan, PlanConfiguration } from "#server/plan/plan.ts";

/** What a comparison needs of a real plan, small enough to keep beside the module. */
export type RecordedPlan = {
  terraform: string;
  variables?: Record<string, unknown>;
  resources: Record<string, RecordedResource>;
  outputs: Record<string, RecordedOutput>;
  configuration?: PlanConfiguration;
};

/** `values` without nulls and empty collections; `unknown` names the top-level attributes not known before apply. */
export type RecordedResource = { values: Record<string, unknown>; unknown: string[]; sensitive: unknown };
export type RecordedOutput = { value?: unknown; unknown: unknown; sensitive: unknown };
/** A module that Terraform itself refuses. */
export type RecordedFailure = { terraform: string; failure: string };

export function recordPlan(plan: Plan, terraform: string): RecordedPlan {
  const managed = plan.resource_changes.filter((change) => change.mode === "managed");
  const outputs = Object.entries(plan.output_changes ?? {}).map(([name, change]) => [
    name,
    {
      ...("after" in change && { value: change.after }),
      unknown: change.after_unknown,
      sensitive: change.after_sensitive,
    },
  ]);
  return {
    terraform,
    ...(plan.variables && {
      variables: Object.fromEntries(Object.entries(plan.variables).map(([name, variable]) => [name, variable.value])),
    }),
    resources: Object.fromEntries(managed.map((change) => [change.address, recordResource(change.change)])),
    outputs: Object.fromEntries(outputs) as RecordedPlan["outputs"],
    configuration: plan.configuration,
  };
}

function recordResource(change: Plan["resource_changes"][number]["change"]): RecordedResource {
  const unknown = Object.entries((change.after_unknown ?? {}) as Record<string, unknown>).filter(
    ([, mask]) => mask === true,
  );
  return {
    values: (prune(change.after) ?? {}) as Record<string, unknown>,
    unknown: unknown.map(([name]) => name),
    sensitive: pruneMask(change.after_sensitive),
  };
}

/** Nulls and empty collections say nothing that a comparison would miss. */
export function prune(value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((item) => prune(item) ?? null);
  if (typeof value !== "object") return value;
  const kept = Object.entries(value)
    .map(([key, item]) => [key, prune(item)] as const)
    .filter(([, item]) => item !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

export function pruneMask(mask: unknown): unknown {
  if (mask === true) return true;
  if (typeof mask !== "object" || mask === null) return undefined;
  if (Array.isArray(mask))
    return mask.some((item) => pruneMask(item) !== undefined)
      ? mask.map((item) => pruneMask(item) ?? false)
      : undefined;
  const kept = Object.entries(mask)
    .map(([key, item]) => [key, pruneMask(item)] as const)
    .filter(([, item]) => item !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
