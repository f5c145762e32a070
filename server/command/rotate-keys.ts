// `npm run keys:rotate`: makes a new master key and moves everything that is sealed under it. Cut off anywhere, it does no
// harm: older keys stay in the file. `-- --resume` goes on without another key; `-- --drop-old` forgets the older keys
// once nothing is under them. Needs the running database (DATABASE_URL, or the embedded one of GANTRY_DATA_DIR).
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import pg from "pg";
import { openDatabase } from "#db/client.ts";
import { ensurePostgres } from "#db/embedded-postgres.mjs";
import { systemActor } from "#server/actor.ts";
import { config } from "#server/config.ts";
import { createContext } from "#server/context.ts";
import { rotateKeys } from "./rotate-master-key.ts";

const { values } = parseArgs({ options: { resume: { type: "boolean" }, "drop-old": { type: "boolean" } } });
const way = values["drop-old"] ? "drop" : values.resume ? "resume" : "add";

/** The database of this installation; an embedded one that does not run is started for the while. */
async function openServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const { DATABASE_URL, dataDir } = config();
  if (DATABASE_URL) return { url: DATABASE_URL, stop: async () => {} };
  const data = path.join(dataDir, "postgres");
  if (!fs.existsSync(data)) throw new Error(`There is no database in ${data}. Set DATABASE_URL or GANTRY_DATA_DIR.`);
  const server = await ensurePostgres({ data });
  return { url: server.url(), stop: server.adopted ? async () => {} : server.stop };
}

const server = await openServer();
const { db, pool } = openDatabase(server.url, 2);
const lock = new pg.Client({ connectionString: server.url });
try {
  await lock.connect();
  // Of two rotations at once one would lose the other's key.
  const { rows } = await lock.query("select pg_try_advisory_lock(hashtext('master key')) as free");
  if (!rows[0].free) throw new Error("Another rotation is under way.");
  const ctx = createContext({ db, actor: systemActor("command"), via: "command" });
  const { moved, closed, old, dropped } = await rotateKeys(ctx, way);
  console.log(`${moved} sealed values moved to the newest key; ${old} are left under older ones.`);
  for (const { table, row, reason } of closed) console.error(`${table} ${row}: ${reason}`);
  if (dropped) console.log("The older keys are forgotten. Keep them with backups of the database from before.");
  else if (way === "drop") console.error("The older keys stay: something is sealed under them still.");
  else console.log("Restart the portal: everybody signs in again. Later, `npm run keys:rotate -- --drop-old`.");
  process.exitCode = closed.length > 0 || (way === "drop" && !dropped) ? 1 : 0;
} finally {
  await lock.end();
  await pool.end();
  await server.stop();
}
