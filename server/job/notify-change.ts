import { sql } from "drizzle-orm";
import type { Context } from "#server/context.ts";

export const changeTopics = ["environment", "approval", "catalog", "policy", "draft", "log", "audit", "space"] as const;

/** What open pages are told: something of this kind changed, read it again. Never the content. */
export type Change = { topic: (typeof changeTopics)[number]; id: string; spaceId: string | null };

/** The PostgreSQL channel live updates listen on. */
export const changeChannel = "gantry";

/** Announces a change; inside a transaction it is heard when, and only if, that commits. */
export async function notifyChange(ctx: Pick<Context, "db">, change: Change): Promise<void> {
  await ctx.db.execute(sql`select pg_notify(${changeChannel}, ${JSON.stringify(change)})`);
}
