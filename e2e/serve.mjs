// @ts-check
// The portal for the journeys: a first start on an empty data folder and an empty database of its own. With `--beside`,
// one more web and one more worker process of the portal that is already up.
import fs from "node:fs";
import path from "node:path";
import pg from "pg";

const data = process.env.GANTRY_DATA_DIR;
if (!data || !["e2e", "e2e-model"].includes(path.basename(data)))
  throw new Error("Set GANTRY_DATA_DIR to a folder called e2e or e2e-model: it is emptied.");

/** Ends the embedded server that a run which was cut off may have left behind. */
async function endServerLeftIn(/** @type {string} */ folder) {
  const pidFile = path.join(folder, "postgres/postmaster.pid");
  if (!fs.existsSync(pidFile)) return;
  const pid = Number(fs.readFileSync(pidFile, "utf8").split("\n")[0]);
  try {
    process.kill(pid, "SIGINT");
    for (let i = 0; i < 200 && fs.existsSync(pidFile); i++) await new Promise((resolve) => setTimeout(resolve, 25));
  } catch {
    // It is gone already.
  }
}

/** Drops a database of the journeys; the start makes it anew. */
async function drop(/** @type {string} */ server, /** @type {string} */ name) {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`).finally(() => client.end());
}

const isBeside = process.argv.includes("--beside");
if (!isBeside) {
  await endServerLeftIn(data);
  fs.rmSync(data, { recursive: true, force: true });
}
// Never the database that a portal of this machine lives in: the journeys have theirs, on the server that tests may use.
delete process.env.DATABASE_URL;
const server = process.env.TEST_DATABASE_URL;
if (server) {
  const name = `gantry_${path.basename(data).replace("-", "_")}`;
  const url = new URL(server);
  url.pathname = "/postgres";
  if (!isBeside) await drop(url.href, name);
  url.pathname = `/${name}`;
  process.env.DATABASE_URL = url.href;
}
await import("../start.mjs");
