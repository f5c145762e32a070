import { z } from "zod";
import type { Grain } from "#server/blueprint/blueprint.ts";
import type { Plan } from "#server/grain/driver.ts";

export type PlannedResource = {
  address: string;
  type: string;
  name: string;
  region?: string;
  attributes: Record<string, unknown>;
};

const Change = z.object({
  actions: z.array(z.string()),
  after: z.record(z.string(), z.unknown()).nullish(),
  after_sensitive: z.unknown().optional(),
});
const ResourceChange = z.object({
  address: z.string(),
  mode: z.string().optional(),
  type: z.string(),
  name: z.string(),
  change: Change,
});
const PlanShape = z.object({ resource_changes: z.array(ResourceChange).default([]) });

const mostAttributes = 24;
const longestText = 200;

/** The resources a plan would have there afterwards; one for the whole grain where no plan is known. */
export function plannedResources(grain: Grain, plan: Plan | null): PlannedResource[] {
  const parsed = plan ? PlanShape.safeParse(plan) : null;
  if (!parsed?.success) {
    const type = grain.kind.replaceAll("-", "_");
    return [{ address: `${type}.${grain.name}`, type, name: grain.name, attributes: {} }];
  }
  return parsed.data.resource_changes
    .filter(({ mode, change }) => mode !== "data" && change.after)
    .map(({ address, type, name, change }) => {
      const attributes = plainAttributes(change.after ?? {}, change.after_sensitive);
      const region = attributes.region ?? attributes.location;
      return { address, type, name, attributes, ...(typeof region === "string" && { region }) };
    });
}

/** Simple, known values that are not secret. */
function plainAttributes(after: Record<string, unknown>, sensitive: unknown): Record<string, unknown> {
  if (sensitive === true) return {};
  const hidden = typeof sensitive === "object" && sensitive !== null ? (sensitive as Record<string, unknown>) : {};
  const plain = Object.entries(after).filter(
    ([name, value]) =>
      !hidden[name] &&
      (typeof value === "number" ||
        typeof value === "boolean" ||
        (typeof value === "string" && value.length <= longestText)),
  );
  return Object.fromEntries(plain.slice(0, mostAttributes));
}
