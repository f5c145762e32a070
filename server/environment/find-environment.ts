import { eq } from "drizzle-orm";
import { environments } from "#db/schema/environment.ts";
import { canSeeSpace, type Permission, requirePermission } from "#server/auth/permissions.ts";
import type { Context } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import type { Environment } from "./move-environment.ts";

const missing = () => new Problem("not_found", "There is no such environment, or you cannot see it.");

/** An environment the actor may do this to; not_found where he may not even see its space. */
export async function findEnvironment(ctx: Context, id: string, permission: Permission): Promise<Environment> {
  const [row] = await ctx.db.select().from(environments).where(eq(environments.id, id));
  return permitted(ctx, row, permission);
}

/** The same, locked for a change; inside a transaction only. */
export async function lockEnvironment(tx: Context, id: string, permission: Permission): Promise<Environment> {
  const [row] = await tx.db.select().from(environments).where(eq(environments.id, id)).for("update");
  return permitted(tx, row, permission);
}

/** The environment of a job, for the work itself: whoever queued it had the right to. */
export async function readEnvironment(ctx: Pick<Context, "db">, id: string): Promise<Environment> {
  const [row] = await ctx.db.select().from(environments).where(eq(environments.id, id));
  if (!row) throw new Error(`The environment ${id} of a job does not exist.`);
  return row;
}

/** By the number shown to people, `env-77`. */
export async function findEnvironmentByNumber(ctx: Context, number: number): Promise<Environment> {
  const [row] = await ctx.db.select().from(environments).where(eq(environments.number, number));
  return permitted(ctx, row, "environment.read");
}

function permitted(ctx: Context, row: Environment | undefined, permission: Permission): Environment {
  if (!row || !canSeeSpace(ctx.actor, row.spaceId)) throw missing();
  requirePermission(ctx.actor, permission, row.spaceId, row.ownerId);
  return row;
}
