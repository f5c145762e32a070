// Starts, checks and ends a PostgreSQL server of its own, from the binaries that come with Gantry. Deploy is idempotent:
// a repeat adopts the running server, or starts the stopped one again with its data.
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const stateDir = required("GANTRY_STATE_DIR");
const home = required("GANTRY_HOME");
const dataDir = path.join(stateDir, "postgres");
const accountFile = path.join(stateDir, "account.json");
const { Client } = createRequire(path.join(home, "package.json"))("pg");
const { ensurePostgres } = await import(pathToFileURL(path.join(home, "db/embedded-postgres.mjs")).href);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A small server: this is one guest among others on the host. */
const options = Object.entries({
  max_connections: "30",
  shared_buffers: "32MB",
  max_wal_size: "256MB",
  temp_file_limit: "1GB",
  log_connections: "off",
}).flatMap(([name, value]) => ["-c", `${name}=${value}`]);

function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set.`);
  return value;
}

/** User and password are made once and kept, so that a repeated deploy gives the same credentials. */
function account() {
  if (fs.existsSync(accountFile)) return JSON.parse(fs.readFileSync(accountFile, "utf8"));
  const database = required("PG_DATABASE");
  if (!/^[a-z][a-z0-9_]{0,30}$/.test(database)) throw new Error(`"${database}" is not a usable database name.`);
  const made = { database, username: database, password: randomBytes(24).toString("base64url") };
  fs.writeFileSync(accountFile, JSON.stringify(made), { mode: 0o600 });
  return made;
}

async function withClient(connectionString, work) {
  const client = new Client({ connectionString, connectionTimeoutMillis: 5000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A user that owns its database and nothing else; nobody else may enter it. */
async function createAccount(client, { database, username, password }) {
  // An interrupted deploy's last statement may still run on the server: it holds this lock until it is through.
  await client.query("select pg_advisory_lock(1)");
  const name = client.escapeIdentifier(username);
  const secret = client.escapeLiteral(password);
  const role = await client.query("select 1 from pg_roles where rolname = $1", [username]);
  const verb = role.rowCount === 0 ? "create" : "alter";
  await client.query(
    `${verb} role ${name} login nosuperuser nocreatedb nocreaterole noreplication connection limit 20 password ${secret}`,
  );
  const found = await client.query("select 1 from pg_database where datname = $1", [database]);
  const target = client.escapeIdentifier(database);
  if (found.rowCount === 0) await client.query(`create database ${target} owner ${name}`);
  await client.query(`revoke all on database ${target} from public`);
  for (const system of ["postgres", "template1"])
    await client.query(`revoke connect on database ${system} from public`);
}

async function deploy() {
  fs.mkdirSync(stateDir, { recursive: true });
  const { database, username, password } = account();
  declare("GANTRY_SENSITIVE_OUTPUTS", { password });
  console.log("::progress 1/3 credentials made");
  const server = await ensurePostgres({ data: dataDir, options });
  console.log(`::resource postgres_server server ${postmaster()?.pid ?? ""}`);
  console.log(`::progress 2/3 server ${server.adopted ? "adopted" : "started"} on port ${server.port}`);
  await withClient(server.url("postgres"), (client) => createAccount(client, { database, username, password }));
  const dsn = `postgresql://${username}:${password}@127.0.0.1:${server.port}/${database}`;
  declare("GANTRY_SENSITIVE_OUTPUTS", { dsn });
  declare("GANTRY_OUTPUTS", { host: "127.0.0.1", port: server.port, database, username });
  await withClient(dsn, (client) => client.query("select 1"));
  console.log(`::resource postgres_database ${database} ${database}`);
  console.log("::progress 3/3 database answers");
}

function declare(variable, outputs) {
  const lines = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`);
  fs.appendFileSync(required(variable), lines.join(""));
}

/** Process id and port as the server itself wrote them down, if that process is this very server. */
function postmaster() {
  try {
    const [pid, folder, , port] = fs.readFileSync(path.join(dataDir, "postmaster.pid"), "utf8").split("\n");
    if (path.resolve(folder) !== path.resolve(dataDir)) return null;
    return isOurs(Number(pid)) ? { pid: Number(pid), port: Number(port) } : null;
  } catch {
    return null;
  }
}

/** A process id may have been given to another program: the command line, or the working folder, must be the server's. */
function isOurs(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(dataDir);
  } catch {
    return !fs.existsSync("/proc/self") && isAlive(pid);
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function destroy() {
  for (const [signal, patience] of [
    ["SIGINT", 200],
    ["SIGQUIT", 100],
    ["SIGKILL", 60],
  ]) {
    const running = postmaster();
    if (!running) break;
    process.kill(running.pid, signal);
    for (let tries = 0; tries < patience && postmaster(); tries++) await pause(50);
  }
  const left = postmaster();
  if (left) throw new Error(`The server still runs as process ${left.pid}.`);
  for (const name of ["postgres", "postgres.password", "postgres.log", "postgres.initdb", "account.json"])
    fs.rmSync(path.join(stateDir, name), { recursive: true, force: true });
  console.log("The server is stopped and its data is deleted.");
}

async function check() {
  const running = postmaster();
  if (!running) return say("the server is gone", 3);
  try {
    const { database, username, password } = account();
    const dsn = `postgresql://${username}:${password}@127.0.0.1:${running.port}/${database}`;
    const bytes = await withClient(dsn, async (client) => {
      const { rows } = await client.query("select pg_database_size(current_database())::float8 as bytes");
      return rows[0].bytes;
    });
    const limit = Number(process.env.SIZE_LIMIT_GB ?? 20) * 1024 ** 3;
    const size = `${(bytes / 1024 ** 2).toFixed(0)} MB`;
    if (bytes > limit) return say(`the database holds ${size}, above its limit of ${process.env.SIZE_LIMIT_GB} GB`, 1);
    say(`answers on port ${running.port}, ${size}`, 0);
  } catch (error) {
    say(`the server runs but refuses: ${error.message}`, 1);
  }
}

function say(reason, code) {
  console.log(reason);
  process.exitCode = code;
}

const verbs = { deploy, destroy, check };
const verb = verbs[process.argv[2]];
if (!verb) throw new Error("Usage: postgres.mjs deploy | destroy | check");
await verb();
