// @ts-check
// `npm start`: installs, builds, migrates, seeds and serves the portal. Supervises the web and the worker processes.
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { checkNode, checkPort, ensureBuild, ensureDependencies, root } from "./server/command/prepare.mjs";

const isDev = process.argv.includes("--dev");
const began = performance.now();
const seconds = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
const port = Number(process.env.PORT ?? 3000);
const host = process.env.HOST ?? "127.0.0.1";
const localUrl = `http://${host === "0.0.0.0" ? "127.0.0.1" : host}:${port}`;
const publicUrl = process.env.GANTRY_URL ?? `http://localhost:${port}`;
const dataDir = path.resolve(process.env.GANTRY_DATA_DIR ?? path.join(root, ".data"));
const tsx = ["--import", "tsx"];
const endWithUs = ["--import", pathToFileURL(path.join(root, "server/command/end-with-parent.mjs")).href];

/** The database that DATABASE_URL names, else the embedded one. */
async function openServer() {
  const { ensureDatabase, migrateDatabase } = await import("./db/migrate.mjs");
  const given = process.env.DATABASE_URL;
  if (given) {
    await ensureDatabase(given).catch(() => {}); // A role that may not create databases gets the plain error below.
    await migrateDatabase(given);
    return { url: given, stop: async () => {} };
  }
  const { ensurePostgres } = await import("./db/embedded-postgres.mjs");
  const server = await ensurePostgres({ data: path.join(dataDir, "postgres") });
  await ensureDatabase(server.url());
  await migrateDatabase(server.url());
  return { url: server.url(), stop: server.stop };
}

/** What the portal's processes are told. */
function portalEnvironment(/** @type {string} */ databaseUrl) {
  return {
    DATABASE_URL: databaseUrl,
    GANTRY_DATA_DIR: dataDir,
    GANTRY_URL: publicUrl,
    NEXTAUTH_URL: publicUrl,
    PORT: String(port),
    HOST: host,
    NODE_ENV: isDev ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

/** Runs a command of ours to its end with the portal's environment. */
function runCommand(/** @type {string} */ file, /** @type {Record<string, string>} */ env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...tsx, file], {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, ...env },
    });
    child.on("exit", (code) => (code === 0 ? resolve(undefined) : reject(new Error(`${file} failed.`))));
  });
}

/**
 * Keeps one child running: restarts it with growing pauses when it dies, stops it with SIGTERM, and after its grace with
 * SIGKILL. Should we be killed ourselves, it ends too.
 */
function supervise(
  /** @type {string} */ name,
  /** @type {string[]} */ args,
  /** @type {{ env: Record<string, string>, graceSeconds: number }} */ { env, graceSeconds },
) {
  let isStopping = false;
  let pause = 250;
  /** @type {import("node:child_process").ChildProcess} */
  let child;
  const launch = () => {
    const startedAt = Date.now();
    child = spawn(process.execPath, [...endWithUs, ...args], {
      cwd: root,
      stdio: ["pipe", "inherit", "inherit"],
      env: { ...process.env, ...env },
    });
    child.on("exit", (code, signal) => {
      if (isStopping) return;
      pause = Date.now() - startedAt > 30_000 ? 250 : Math.min(pause * 2, 10_000);
      console.error(`[gantry] ${name} ended with ${code ?? signal}; starting it again in ${pause} ms`);
      setTimeout(() => !isStopping && launch(), pause);
    });
  };
  launch();
  return {
    pid: () => child.pid,
    stop: () =>
      new Promise((resolve) => {
        isStopping = true;
        if (child.exitCode !== null || child.signalCode !== null) return resolve(undefined);
        const hard = setTimeout(() => child.kill("SIGKILL"), graceSeconds * 1000);
        child.on("exit", () => resolve(clearTimeout(hard)));
        child.kill("SIGTERM");
      }),
  };
}

/**
 * Waits until the web process we started, and no other on that port, says it is ready. `next dev` serves from a child of
 * its own.
 */
async function untilReady(/** @type {() => number | undefined} */ pid) {
  for (;;) {
    try {
      const answer = await fetch(`${localUrl}/api/ready`);
      if (answer.ok && (isDev || (await answer.json()).pid === pid())) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function main() {
  checkNode();
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`PORT=${process.env.PORT} is not a port number.`);
  await checkPort(port, host);
  await ensureDependencies();
  fs.mkdirSync(dataDir, { recursive: true });
  const prepare = async () => {
    const opened = await openServer();
    const settings = portalEnvironment(opened.url);
    await runCommand("server/command/seed.ts", settings);
    return { server: opened, env: settings };
  };
  // The demo's past and the build take about as long as each other.
  const [{ server, env }] = await Promise.all([prepare(), isDev ? undefined : ensureBuild()]);
  const next = path.join(root, "node_modules/next/dist/bin/next");
  const web = supervise("web", [next, isDev ? "dev" : "start", "-p", String(port), "-H", host], {
    env,
    graceSeconds: 10,
  });
  // A worker lets its steps go on for its own grace, and Terraform needs a minute more to stop without losing state.
  const workerGrace = Number(process.env.WORKER_GRACE_SECONDS ?? 10) + 65;
  const worker = supervise("worker", [...tsx, "server/worker/main.ts"], { env, graceSeconds: workerGrace });

  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    await Promise.all([web.stop(), worker.stop()]);
    await server.stop();
    console.log("[gantry] stopped");
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
  // TERM to `npm start` ends npm's shell without telling us: notice that the parent is gone.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop(), 500).unref();

  await untilReady(web.pid);
  console.log(`[gantry] ready at ${publicUrl} after ${seconds()}`);
}

main().catch((error) => {
  console.error(`[gantry] ${error instanceof Error ? error.message : error}`);
  process.exit(1);
});
