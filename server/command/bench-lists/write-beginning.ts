import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { systemActor } from "#server/actor.ts";
import { loadBundledBlueprints } from "#server/blueprint/revision/load-bundled.ts";
import { MovedClock } from "#server/command/demo/moved-clock.ts";
import { writePast } from "#server/command/demo/write-past.ts";
import { createContext } from "#server/context.ts";
import { createDemoAccounts } from "#server/space/demo.ts";

const storyDays = 34;
const dayMs = 86_400_000;

/**
 * The demo accounts and weeks of their work, made by the real verbs under a moved clock and ending at `until`: the rows
 * and events that everything else is a copy of.
 */
export async function writeBeginning(db: NodePgDatabase, until: Date): Promise<void> {
  const clock = new MovedClock(new Date(until.getTime() - (storyDays + 1) * dayMs));
  const ctx = createContext({ db, clock, actor: systemActor("release"), via: "command" });
  const cast = await createDemoAccounts(ctx);
  await loadBundledBlueprints(ctx, "blueprints");
  await writePast({ ctx, clock, cast }, until, storyDays);
}
