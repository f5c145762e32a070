import { and, eq, lt, sql } from "drizzle-orm";
import { assistantUses } from "#db/schema/draft.ts";
import type { Context } from "#server/context.ts";
import { Problem } from "#server/errors.ts";

const windows = { minute: 60_000, day: 86_400_000 } as const;
type Window = keyof typeof windows;

/** Sentences one person, or one automation, may give the assistant. */
export const proposalLimits = { minute: 10, day: 300 } as const satisfies Record<Window, number>;

async function count(ctx: Context, window: Window): Promise<{ count: number; secondsLeft: number }> {
  const length = windows[window];
  const now = ctx.clock.now().getTime();
  const start = Math.floor(now / length) * length;
  const windowStart = new Date(start);
  const actorId = ctx.actor.id;
  const { actorId: who, window: which, windowStart: from } = assistantUses;
  await ctx.db.delete(assistantUses).where(and(eq(who, actorId), eq(which, window), lt(from, windowStart)));
  const [row] = await ctx.db
    .insert(assistantUses)
    .values({ actorId, window, windowStart, count: 1 })
    .onConflictDoUpdate({ target: [who, which, from], set: { count: sql`${assistantUses.count} + 1` } })
    .returning({ count: assistantUses.count });
  return { count: row?.count ?? 1, secondsLeft: Math.ceil((start + length - now) / 1000) };
}

/**
 * Counts a sentence before anything is asked, so that a thousand at once are a thousand. Throws rate_limited, with the
 * seconds to wait, above a limit.
 */
export async function countProposal(ctx: Context): Promise<void> {
  for (const window of ["minute", "day"] as const) {
    const { count: used, secondsLeft: seconds } = await count(ctx, window);
    const limit = proposalLimits[window];
    if (used <= limit) continue;
    throw new Problem("rate_limited", `The assistant reads at most ${limit} sentences a ${window} for one person.`, {
      remedy: `Wait ${seconds} seconds, or fill the form by hand: it works without the assistant.`,
      details: { seconds, limit, window },
    });
  }
}
