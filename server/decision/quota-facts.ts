import { and, eq, inArray, ne, sql } from "drizzle-orm";
import { environments, occupyingStates } from "#db/schema/environment.ts";
import type { Context } from "#server/context.ts";

/** How many environments count against whom, now. Field names are Torque's policy input. */
export type QuotaFacts = {
  owner_active_environments_in_space: number;
  owner_active_environments_in_account: number;
  owner_active_environments_from_blueprint_in_space: number;
  initiator_active_environments_from_blueprint_in_space: number;
  active_environments_in_space: number;
  active_environments_in_account: number;
};

type Scope = { spaceId: string; ownerId: string; blueprintName: string; except?: string | undefined };

/**
 * Counts in one query. True only while the caller holds the space's lock (`lockSpace`): two launches that both read 4 of 5
 * would both pass otherwise.
 */
export async function readQuotaFacts(ctx: Pick<Context, "db">, scope: Scope): Promise<QuotaFacts> {
  const inSpace = sql`${environments.spaceId} = ${scope.spaceId}`;
  const owned = sql`${environments.ownerId} = ${scope.ownerId}`;
  const fromBlueprint = sql`${environments.blueprintName} = ${scope.blueprintName}`;
  const count = (...conditions: ReturnType<typeof sql>[]) =>
    sql<number>`count(*) filter (where ${sql.join([sql`true`, ...conditions], sql` and `)})`.mapWith(Number);
  const [row] = await ctx.db
    .select({
      owner_active_environments_in_space: count(inSpace, owned),
      owner_active_environments_in_account: count(owned),
      owner_active_environments_from_blueprint_in_space: count(inSpace, owned, fromBlueprint),
      initiator_active_environments_from_blueprint_in_space: count(inSpace, owned, fromBlueprint),
      active_environments_in_space: count(inSpace),
      active_environments_in_account: count(),
    })
    .from(environments)
    .where(
      and(
        inArray(environments.state, [...occupyingStates]),
        scope.except ? ne(environments.id, scope.except) : undefined,
      ),
    );
  if (!row) throw new Error("A count gave no row.");
  return row;
}

/** Serialises decisions of one space until the transaction ends, so that counts and budgets cannot race. */
export async function lockSpace(ctx: Context, spaceId: string): Promise<void> {
  if (!ctx.inTransaction) throw new Error("A space is locked inside a transaction only.");
  await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`space:${spaceId}`}, 0))`);
}

/** Places taken by the owner, for the page: no lock, so only a hint. */
export async function countOwned(ctx: Pick<Context, "db">, spaceId: string, ownerId: string): Promise<number> {
  const where = and(
    eq(environments.spaceId, spaceId),
    eq(environments.ownerId, ownerId),
    inArray(environments.state, [...occupyingStates]),
  );
  return ctx.db.$count(environments, where);
}
