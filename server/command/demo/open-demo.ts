import { and, desc, eq, inArray } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { auditEvents } from "#db/schema/audit.ts";
import { drafts } from "#db/schema/draft.ts";
import { systemActor } from "#server/actor.ts";
import { loadActor } from "#server/auth/load-actor.ts";
import { actingAs, type Context, createContext } from "#server/context.ts";
import { discardDraft } from "#server/decision/draft.ts";
import { endLeasesOf } from "#server/job/keep-lease.ts";
import { createDemoAccounts, type DemoCast, findUnfinishedPast, finishPast, isDemoWanted } from "#server/space/demo.ts";
import { MovedClock } from "./moved-clock.ts";
import { stageHand, writePast } from "./write-past.ts";

const demoDays = 35;
const day = 86_400_000;

/** A demo whose past is to be written, or to be gone on with. */
type OpenDemo = { clock: MovedClock; cast: DemoCast; pastUntil: Date };

async function lastEventAt(db: Db): Promise<Date | undefined> {
  const [last] = await db.select({ at: auditEvents.at }).from(auditEvents).orderBy(desc(auditEvents.seq)).limit(1);
  return last?.at;
}

/** What a start that was cut off left in its hands: jobs, and drafts that were not sent. */
async function layDown(ctx: Context, cast: DemoCast): Promise<void> {
  await endLeasesOf(ctx, stageHand);
  const theirs = and(eq(drafts.state, "open"), inArray(drafts.ownerId, Object.values(cast.people).filter(Boolean)));
  for (const { id, ownerId } of await ctx.db.select().from(drafts).where(theirs)) {
    const owner = await loadActor(ctx.db, ownerId);
    if (owner) await discardDraft(actingAs(ctx, owner), { id });
  }
}

/** The demo where its past is not written to its end: made now on a first start, taken up again after one that was cut off. */
export async function openDemo(db: Db, now: Date): Promise<OpenDemo | null> {
  const contextAt = (clock: MovedClock) => createContext({ db, clock, actor: systemActor("release"), via: "command" });
  if (await isDemoWanted(db)) {
    const clock = new MovedClock(new Date(now.getTime() - demoDays * day));
    return { clock, pastUntil: now, cast: await createDemoAccounts(contextAt(clock), now) };
  }
  const unfinished = await findUnfinishedPast(db);
  if (!unfinished) return null;
  const clock = new MovedClock((await lastEventAt(db)) ?? new Date(unfinished.pastUntil.getTime() - demoDays * day));
  await layDown(contextAt(clock), unfinished.cast);
  return { clock, ...unfinished };
}

/** Writes the past, up to this moment, and says that it is written. */
export async function writeDemo(
  ctx: Context,
  { clock, cast, pastUntil }: OpenDemo,
  days = demoDays - 1,
): Promise<void> {
  await writePast({ ctx, clock, cast }, pastUntil, days);
  await finishPast(ctx);
}
