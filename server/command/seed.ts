import { closeDatabase, database } from "#db/client.ts";
import { systemActor } from "#server/actor.ts";
import { loadBundledBlueprints } from "#server/blueprint/revision/load-bundled.ts";
import { createContext, systemClock } from "#server/context.ts";
import { createDemoAccounts, isDemoWanted } from "#server/space/demo.ts";
import { openSetup } from "#server/space/setup.ts";
import { MovedClock } from "./demo/moved-clock.ts";
import { writePast } from "./demo/write-past.ts";

const demoDays = 35;

/** What every start does before it serves: demo accounts on a first start, this release's blueprints, the set-up link. */
async function seed(): Promise<void> {
  const db = database();
  const isDemo = await isDemoWanted(db);
  const clock = isDemo ? new MovedClock(new Date(Date.now() - demoDays * 86_400_000)) : systemClock;
  const ctx = createContext({ db, clock, actor: systemActor("release"), via: "command" });
  const cast = isDemo ? await createDemoAccounts(ctx) : undefined;
  const load = await loadBundledBlueprints(ctx, "blueprints");
  for (const { name, message } of load.refused)
    console.error(`[gantry] the blueprint ${name} was not loaded: ${message}`);
  for (const name of load.waiting) console.log(`[gantry] the blueprint ${name} changed and waits for review`);
  if (cast && clock instanceof MovedClock) await writePast({ ctx, clock, cast }, new Date(), demoDays - 1);
  const link = await openSetup(db, systemClock);
  if (link) console.log(`[gantry] make the first administrator at ${link} (works once, for 24 hours)`);
  if (isDemo)
    console.log(
      "[gantry] demo accounts are offered on the sign-in page; switch them off under Settings, or with GANTRY_DEMO=off",
    );
}

await seed().finally(closeDatabase);
