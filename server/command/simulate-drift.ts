// `npx tsx server/command/simulate-drift.ts env-77 [address] [--gone]`: changes or deletes a resource of a simulated
// environment behind the portal's back, for training and demos. The next drift check finds it.
import { eq } from "drizzle-orm";
import { closeDatabase, database } from "#db/client.ts";
import { environments } from "#db/schema/environment.ts";
import { systemActor } from "#server/actor.ts";
import { injectDrift } from "#server/agent/simulator/inject-drift.ts";
import { createContext } from "#server/context.ts";
import { Problem } from "#server/errors.ts";

const words = process.argv.slice(2);
const gone = words.includes("--gone");
const [ref = "", address] = words.filter((word) => word !== "--gone");
const number = Number(/^(?:env-)?(\d{1,15})$/.exec(ref)?.[1]);
if (!number) {
  console.error("Usage: npx tsx server/command/simulate-drift.ts env-<number> [address] [--gone]");
  process.exit(2);
}
const ctx = createContext({ db: database(), actor: systemActor("command"), via: "command" });
try {
  const [environment] = await ctx.db.select().from(environments).where(eq(environments.number, number));
  if (!environment?.simulated) throw new Problem("not_found", `env-${number} is no simulated environment.`);
  const changed = await injectDrift(ctx, { environmentId: environment.id, gone, ...(address && { address }) });
  console.log(changed.field ? `${changed.address}: changed ${changed.field}` : `${changed.address}: deleted`);
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  console.error([error.message, error.remedy].filter(Boolean).join(" "));
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
