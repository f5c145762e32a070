import pg from "pg";
import { closeDatabase, database } from "#db/client.ts";
import { systemActor } from "#server/actor.ts";
import { loadBundledBlueprints } from "#server/blueprint/revision/load-bundled.ts";
import { config } from "#server/config.ts";
import { createContext, systemClock } from "#server/context.ts";
import { openSetup } from "#server/space/setup.ts";
import { openDemo, writeDemo } from "./demo/open-demo.ts";

/** One start at a time: a second one waits until the first has told the whole story. */
const seedLock = 7_272_802;

async function withSeedLock(work: () => Promise<void>): Promise<void> {
  const holder = new pg.Client({ connectionString: config().DATABASE_URL });
  await holder.connect();
  await holder.query("select pg_advisory_lock($1)", [seedLock]);
  await work().finally(() => holder.end());
}

/** What every start does before it serves: demo accounts on a first start, this release's blueprints, the set-up link. */
async function seed(): Promise<void> {
  const db = database();
  const demo = await openDemo(db, new Date());
  const clock = demo?.clock ?? systemClock;
  const ctx = createContext({ db, clock, actor: systemActor("release"), via: "command" });
  const load = await loadBundledBlueprints(ctx, "blueprints");
  for (const { name, message } of load.refused)
    console.error(`[gantry] the blueprint ${name} was not loaded: ${message}`);
  for (const name of load.waiting) console.log(`[gantry] the blueprint ${name} changed and waits for review`);
  if (demo) await writeDemo(ctx, demo);
  const link = await openSetup(db, systemClock);
  if (link) console.log(`[gantry] make the first administrator at ${link} (works once, for 24 hours)`);
  if (demo)
    console.log(
      "[gantry] demo accounts are offered on the sign-in page; switch them off under Settings, or with GANTRY_DEMO=off",
    );
}

await withSeedLock(seed).finally(closeDatabase);
