import { inArray, lt, sql } from "drizzle-orm";
import { signInAttempts } from "#db/schema/person.ts";
import type { Context } from "#server/context.ts";
import { Problem } from "#server/errors.ts";

const WINDOW_MS = 15 * 60_000;

/**
 * Tries per window. The pair of e-mail and address is the tight one: somebody who guesses elsewhere hardly locks the
 * owner out. The e-mail alone bounds guessing from many addresses, the address alone trying many e-mails.
 */
export const attemptLimits = { pair: 5, email: 25, address: 60 } as const;

/** Sign-ins that fail leave an event; in a flood, only so many in a window. */
const EVENTS_PER_WINDOW = 300;

type Attempt = { email: string; address: string };

function keysOf({ email, address }: Attempt) {
  return { pair: `pair:${email} ${address}`, email: `email:${email}`, address: `address:${address}` };
}

/**
 * Counts a try before the password is looked at, so that a thousand at once are a thousand tries.
 * Throws rate_limited, with the seconds to wait, above a limit.
 */
export async function countAttempt(ctx: Context, attempt: Attempt): Promise<void> {
  const { windowStart, secondsLeft } = windowAt(ctx.clock.now());
  const keys = keysOf(attempt);
  const counts = await increase(ctx, windowStart, Object.values(keys));
  const isOver = (Object.keys(keys) as (keyof typeof keys)[]).some(
    (kind) => (counts.get(keys[kind]) ?? 0) > attemptLimits[kind],
  );
  if (!isOver) return;
  throw new Problem("rate_limited", `Too many tries to sign in. Wait ${secondsLeft} seconds.`, {
    details: { seconds: secondsLeft },
  });
}

/** A sign-in that worked clears what was held against the e-mail; the address keeps its count. */
export async function forgiveAttempts(ctx: Context, attempt: Attempt): Promise<void> {
  const keys = keysOf(attempt);
  await ctx.db.delete(signInAttempts).where(inArray(signInAttempts.key, [keys.pair, keys.email]));
}

/** Whether one more failure is written to the audit trail in this window. */
export async function isWorthRecording(ctx: Context): Promise<boolean> {
  const { windowStart } = windowAt(ctx.clock.now());
  const counts = await increase(ctx, windowStart, ["recorded failures"]);
  return (counts.get("recorded failures") ?? 0) <= EVENTS_PER_WINDOW;
}

/** Drops counts of windows that are over; the worker calls it now and then. */
export async function dropOldAttempts(ctx: Pick<Context, "db" | "clock">): Promise<void> {
  const { windowStart } = windowAt(ctx.clock.now());
  await ctx.db.delete(signInAttempts).where(lt(signInAttempts.windowStart, windowStart));
}

async function increase(ctx: Context, windowStart: Date, keys: string[]): Promise<Map<string, number>> {
  const rows = await ctx.db
    .insert(signInAttempts)
    // One order for all, so that two tries with the same keys do not wait for each other crosswise.
    .values([...keys].sort().map((key) => ({ key, windowStart, count: 1 })))
    .onConflictDoUpdate({
      target: [signInAttempts.key, signInAttempts.windowStart],
      set: { count: sql`${signInAttempts.count} + 1` },
    })
    .returning({ key: signInAttempts.key, count: signInAttempts.count });
  return new Map(rows.map(({ key, count }) => [key, count]));
}

function windowAt(now: Date): { windowStart: Date; secondsLeft: number } {
  const start = Math.floor(now.getTime() / WINDOW_MS) * WINDOW_MS;
  return { windowStart: new Date(start), secondsLeft: Math.ceil((start + WINDOW_MS - now.getTime()) / 1000) };
}
