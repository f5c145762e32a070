import { z } from "zod";
import type { Context } from "#server/context.ts";
import { inTransaction } from "#server/context.ts";
import type { Problem } from "#server/errors.ts";
import { recordEvent } from "./record-event.ts";

const WINDOW_MS = 60_000;
const MOST_PER_ACTOR = 20;
const MOST_TOGETHER = 600;

type Counted = { windowStart: number; unwritten: number };

const counted = new Map<string, Counted>();
let spent = { windowStart: 0, together: 0, byActor: new Map<string, number>() };

/**
 * Writes down that somebody was refused, in a transaction of its own because the refused one is gone. The first refusal
 * of a kind is written at once; more of the same within a minute are counted and written with the next one. So nobody
 * can flood the trail: an actor has 20 events a minute, all together 600.
 */
export async function noteRefusal(ctx: Context, problem: Problem): Promise<void> {
  const permission = String(problem.details?.permission ?? problem.code);
  const { data: spaceId = null } = z.uuid().safeParse(problem.details?.spaceId);
  const key = `${ctx.actor.id} ${permission} ${spaceId}`;
  const now = ctx.clock.now().getTime();
  const before = counted.get(key);
  if ((before && now - before.windowStart < WINDOW_MS) || !mayWrite(ctx.actor.id, now)) {
    if (before) before.unwritten += 1;
    return;
  }
  if (counted.size > 10_000) counted.clear();
  counted.set(key, { windowStart: now, unwritten: 0 });
  const times = 1 + (before?.unwritten ?? 0);
  const { db, actor, clock, via, requestId, address } = ctx;
  await inTransaction({ db, actor, clock, via, requestId, address }, (tx) =>
    recordEvent(tx, {
      action: "authorization.refused",
      spaceId,
      object: { type: "permission", id: permission, name: permission },
      outcome: "denied",
      data: { permission, times, message: problem.message },
    }),
  );
}

function mayWrite(actorId: string, now: number): boolean {
  if (now - spent.windowStart >= WINDOW_MS) spent = { windowStart: now, together: 0, byActor: new Map() };
  const byActor = spent.byActor.get(actorId) ?? 0;
  if (byActor >= MOST_PER_ACTOR || spent.together >= MOST_TOGETHER) return false;
  spent.together += 1;
  spent.byActor.set(actorId, byActor + 1);
  return true;
}
