import { eq } from "drizzle-orm";
import { simulatedResources } from "#db/schema/environment.ts";
import type { Context } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import { chance } from "./chance.ts";
import { destroySimulated, listSimulated, type SimulatedResource } from "./simulated-cloud.ts";

export type DriftWish = {
  environmentId: string;
  /** Any resource when absent. */
  address?: string;
  /** Deletes the resource instead of changing it. */
  gone?: boolean;
};

/** Changes something in the simulated cloud behind the portal's back: for training, demos and tests. */
export async function injectDrift(ctx: Context, wish: DriftWish): Promise<{ address: string; field: string | null }> {
  const there = (await listSimulated(ctx, wish)).filter(({ address }) => !wish.address || address === wish.address);
  const resource = there[Math.floor(chance(wish.environmentId, "drift") * there.length)];
  if (!resource)
    throw new Problem("not_found", "The simulator holds no such resource of this environment.", {
      remedy: "Name the address of a resource that the environment's Resources tab lists.",
    });
  if (wish.gone) {
    await destroySimulated(ctx, resource);
    return { address: resource.address, field: null };
  }
  const [field, value] = changedField(resource);
  await ctx.db
    .update(simulatedResources)
    .set({ attributes: { ...resource.attributes, [field]: value } })
    .where(eq(simulatedResources.id, resource.id));
  return { address: resource.address, field };
}

function changedField({ attributes, id }: SimulatedResource): [field: string, value: unknown] {
  const changeable = Object.entries(attributes).filter(([, value]) =>
    ["string", "number", "boolean"].includes(typeof value),
  );
  const [field, value] = changeable[Math.floor(chance(id, "field") * changeable.length)] ?? ["managed_by", "gantry"];
  if (typeof value === "boolean") return [field, !value];
  if (typeof value === "number") return [field, value + 1];
  return [field, `${String(value)}-changed-by-hand`];
}
