import { eq } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { settings } from "#db/schema/space.ts";
import type { Context } from "#server/context.ts";

/** Account-wide settings of this folder, by key. */
export type Settings = {
  /** The demo's accounts exist; `on` while they may sign in. `pastUntil` while their past up to then is still being written. */
  demo: { on: boolean; pastUntil?: string };
  /** The open set-up link: hash of its token and when it ends. */
  setup: { tokenHash: string; expiresAt: string };
};

export async function readSetting<Key extends keyof Settings>(db: Db, key: Key): Promise<Settings[Key] | null> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, key));
  return row ? (row.value as Settings[Key]) : null;
}

export async function writeSetting<Key extends keyof Settings>(
  ctx: Pick<Context, "db" | "clock">,
  key: Key,
  value: Settings[Key],
): Promise<void> {
  const updatedAt = ctx.clock.now();
  await ctx.db
    .insert(settings)
    .values({ key, value, updatedAt })
    .onConflictDoUpdate({ target: settings.key, set: { value, updatedAt } });
}

export async function dropSetting(ctx: Pick<Context, "db">, key: keyof Settings): Promise<void> {
  await ctx.db.delete(settings).where(eq(settings.key, key));
}
