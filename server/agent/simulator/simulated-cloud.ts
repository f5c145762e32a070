import { and, asc, eq } from "drizzle-orm";
import { simulatedResources } from "#db/schema/environment.ts";
import type { Context } from "#server/context.ts";
import { crashpoint } from "#server/crashpoint.ts";
import { hexDigits, letters } from "./chance.ts";

/** What identifies a thing in the simulated cloud. */
export type SimulatedKey = { environmentId: string; grain: string; address: string };
export type SimulatedResource = typeof simulatedResources.$inferSelect;

/** Short forms under which clouds hand out ids. */
const prefixes: Record<string, string> = {
  aws_instance: "i",
  aws_security_group: "sg",
  aws_vpc: "vpc",
  aws_subnet: "subnet",
  aws_ebs_volume: "vol",
  aws_db_instance: "db",
};

/** The id follows from the key, so that whoever repeats a creation meets what the first try made. */
export function simulatedId({ environmentId, grain, address }: SimulatedKey, type: string): string {
  const prefix = prefixes[type] ?? type.replace(/^(aws|azurerm|google|kubernetes)_/, "").replaceAll("_", "-");
  return `${prefix}-${letters(hexDigits, 17, environmentId, grain, address)}`;
}

const at = ({ environmentId, grain, address }: SimulatedKey) =>
  and(
    eq(simulatedResources.environmentId, environmentId),
    eq(simulatedResources.grain, grain),
    eq(simulatedResources.address, address),
  );

/** Makes a resource, or brings the one that is there to these attributes. */
export async function createSimulated(
  ctx: Pick<Context, "db" | "clock">,
  resource: SimulatedKey & { type: string; attributes: Record<string, unknown> },
): Promise<{ id: string }> {
  const id = simulatedId(resource, resource.type);
  crashpoint("simulator.before-create");
  await ctx.db
    .insert(simulatedResources)
    .values({ ...resource, id, createdAt: ctx.clock.now() })
    .onConflictDoUpdate({ target: simulatedResources.id, set: { attributes: resource.attributes } });
  crashpoint("simulator.after-create");
  return { id };
}

/** Removes a resource; one that is gone already counts as removed. */
export async function destroySimulated(ctx: Pick<Context, "db">, key: SimulatedKey): Promise<void> {
  crashpoint("simulator.before-destroy");
  await ctx.db.delete(simulatedResources).where(at(key));
  crashpoint("simulator.after-destroy");
}

/** What the simulated cloud holds of one grain, or of a whole environment. */
export function listSimulated(
  ctx: Pick<Context, "db">,
  filter: { environmentId: string; grain?: string },
): Promise<SimulatedResource[]> {
  const byGrain = filter.grain === undefined ? undefined : eq(simulatedResources.grain, filter.grain);
  return ctx.db
    .select()
    .from(simulatedResources)
    .where(and(eq(simulatedResources.environmentId, filter.environmentId), byGrain))
    .orderBy(asc(simulatedResources.createdAt), asc(simulatedResources.id));
}
