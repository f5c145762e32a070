// @ts-check
// `npm run bench:lists [-- <part of a name>]`: how fast every list answers with 5,000 environments and 1,000,000 audit events. It has
// a database of its own under .data/bench (or GANTRY_DATA_DIR), filled on the first run, and measures a production build
// over HTTP. Ends with 1 when a list takes 300 ms or more (95th percentile). EVENTS and ENVIRONMENTS change the amounts;
// a database of other amounts, or one that was not finished, is removed by hand.
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { ensurePostgres } from "#db/embedded-postgres.mjs";
import { ensureDatabase, migrateDatabase } from "#db/migrate.mjs";
import { checkNode, ensureBuild, freePort, root } from "#server/command/prepare.mjs";

const dataDir = path.resolve(process.env.GANTRY_DATA_DIR ?? path.join(root, ".data/bench"));
const environments = process.env.ENVIRONMENTS ?? "5000";
const events = process.env.EVENTS ?? "1000000";

/** A process of ours that is given its end as a promise. */
function start(/** @type {string[]} */ args, /** @type {Record<string, string>} */ env) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } });
  return { child, ended: new Promise((resolve) => child.on("exit", (code) => resolve(code ?? 1))) };
}

async function untilReady(/** @type {string} */ url) {
  for (;;) {
    const isReady = await fetch(`${url}/api/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function main() {
  checkNode();
  fs.mkdirSync(dataDir, { recursive: true });
  await ensureBuild();
  const server = await ensurePostgres({ data: path.join(dataDir, "postgres") });
  /** @type {import("node:child_process").ChildProcess | undefined} */
  let web;
  try {
    await ensureDatabase(server.url());
    await migrateDatabase(server.url());
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const env = {
      DATABASE_URL: server.url(),
      GANTRY_DATA_DIR: dataDir,
      GANTRY_URL: url,
      NEXTAUTH_URL: url,
      NODE_ENV: "production",
      GANTRY_LOG_LEVEL: "warn",
      // Some launches fail, so that the lists have every state.
      GANTRY_SIMULATOR_FAILURE_RATE: "0.02",
      PORT: String(port),
    };
    const command = (/** @type {string} */ file, /** @type {string[]} */ ...args) =>
      start(["--import", "tsx", path.join(import.meta.dirname, file), ...args], env).ended;
    const seeded = await command("seed.ts", environments, events);
    if (seeded !== 0) return 1;
    web = start(
      [path.join(root, "node_modules/next/dist/bin/next"), "start", "-H", "127.0.0.1", "-p", String(port)],
      env,
    ).child;
    await untilReady(url);
    return await command("measure.ts", url, ...process.argv.slice(2));
  } finally {
    web?.kill("SIGTERM");
    await server.stop();
  }
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
