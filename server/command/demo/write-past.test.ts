import { asc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { drafts } from "#db/schema/draft.ts";
import { environments, environmentTransitions } from "#db/schema/environment.ts";
import { openTestDatabase, type TestDatabase } from "#db/testing/test-database.ts";
import { systemActor } from "#server/actor.ts";
import { loadBundledBlueprints } from "#server/blueprint/revision/load-bundled.ts";
import { createContext } from "#server/context.ts";
import { MovedClock } from "./moved-clock.ts";
import { openDemo, writeDemo } from "./open-demo.ts";

const whole = openTestDatabase();
const cut = openTestDatabase();
/** A Friday, so that the days before it are told. */
const now = new Date("2026-03-06T15:00:00Z");
const days = 2;

/** A start as `seed.ts` makes it; it is cut off after so many steps in time. */
async function start({ db }: TestDatabase, steps = Number.POSITIVE_INFINITY): Promise<void> {
  const demo = await openDemo(db, now);
  if (!demo) return;
  const ctx = createContext({ db, clock: demo.clock, actor: systemActor("release"), via: "command" });
  await loadBundledBlueprints(ctx, "blueprints");
  let left = steps;
  demo.clock.moveTo = (instant) => {
    if (left-- <= 0) throw new Error("cut off");
    MovedClock.prototype.moveTo.call(demo.clock, instant);
  };
  await writeDemo(ctx, demo, days);
}

/** Who came through which states, in order; how long the simulator took is chance. */
async function storyIn({ db }: TestDatabase) {
  return db
    .select({ name: environments.name, event: environmentTransitions.event, to: environmentTransitions.toState })
    .from(environments)
    .innerJoin(environmentTransitions, eq(environmentTransitions.environmentId, environments.id))
    .orderBy(asc(environments.name), asc(environmentTransitions.id));
}

test("a first start that was cut off again and again tells the same past, once", { timeout: 240_000 }, async () => {
  await start(whole);
  for (const steps of [1, 3, 4]) await expect(start(cut, steps)).rejects.toThrow("cut off");
  expect((await storyIn(cut)).length).toBeGreaterThan(0);
  await start(cut);
  const told = await storyIn(cut);
  expect(told).toEqual(await storyIn(whole));
  expect(await cut.db.$count(drafts, eq(drafts.state, "open")), "no draft is left open").toBe(0);
  await start(cut);
  expect(await storyIn(cut), "the next start adds nothing").toEqual(told);
});
