// Starts, checks and ends one preview server. Deploy is idempotent: a repeat finds the running server and only renews its page.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { renderPage } from "./page.mjs";
import { findServers, stopProcess } from "./processes.mjs";

const stateDir = required("GANTRY_STATE_DIR");
const stateFile = path.join(stateDir, "server.json");
const marker = path.join(stateDir, "server.mjs");
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set.`);
  return value;
}

function readState() {
  try {
    return JSON.parse(fs.readFileSync(stateFile, "utf8"));
  } catch {
    return null;
  }
}

/** Whether the server that the state names is the one that answers on its port: another program may have taken it. */
async function answers(state) {
  try {
    const response = await fetch(`http://127.0.0.1:${state.port}/.well-known/preview`, {
      signal: AbortSignal.timeout(3000),
    });
    return response.ok && (await response.json()).instance === state.instance;
  } catch {
    return false;
  }
}

function writePage() {
  const page = renderPage({
    title: process.env.PAGE_TITLE ?? "Preview",
    message: process.env.PAGE_MESSAGE ?? "",
    theme: process.env.PAGE_THEME ?? "light",
    environment: process.env.GANTRY_ENVIRONMENT_NAME ?? "",
    owner: process.env.GANTRY_OWNER ?? "",
  });
  const folder = path.join(stateDir, "site");
  fs.mkdirSync(folder, { recursive: true });
  const draft = path.join(folder, ".index.html");
  fs.writeFileSync(draft, page);
  fs.renameSync(draft, path.join(folder, "index.html"));
}

async function start() {
  for (const pid of findServers(marker)) await stopProcess(pid, marker);
  fs.rmSync(stateFile, { force: true });
  // The work folder is renewed with every attempt; the server runs from the folder that stays.
  fs.copyFileSync(path.join(import.meta.dirname, "server.mjs"), marker);
  const log = fs.openSync(path.join(stateDir, "server.log"), "a", 0o600);
  const child = spawn(process.execPath, [marker, stateDir, randomUUID()], {
    cwd: stateDir,
    detached: true,
    stdio: ["ignore", log, log],
    env: { PATH: process.env.PATH ?? "" },
  });
  fs.closeSync(log);
  child.unref();
  for (let tries = 0; tries < 400; tries++) {
    const state = readState();
    if (state && (await answers(state))) return state;
    await pause(50);
  }
  throw new Error("The preview server did not start; see server.log in the state folder.");
}

async function deploy() {
  fs.mkdirSync(stateDir, { recursive: true });
  writePage();
  console.log("::progress 1/2 page written");
  const known = readState();
  const isRunning = known !== null && (await answers(known));
  const state = isRunning ? known : await start();
  console.log(`::resource web_preview site ${state.instance}`);
  console.log(`::progress 2/2 ${isRunning ? "adopted the running server" : "server started"} on port ${state.port}`);
  const url = `http://localhost:${state.port}`;
  fs.appendFileSync(required("GANTRY_OUTPUTS"), `url=${url}\nport=${state.port}\ninstance=${state.instance}\n`);
}

async function destroy() {
  for (const pid of findServers(marker)) await stopProcess(pid, marker);
  const left = findServers(marker);
  if (left.length > 0) throw new Error(`The server still runs as process ${left.join(", ")}.`);
  fs.rmSync(path.join(stateDir, "site"), { recursive: true, force: true });
  fs.rmSync(stateFile, { force: true });
  console.log("The server is stopped and its port is free.");
}

async function check() {
  const state = readState();
  if (state && (await answers(state))) return console.log(`answers on port ${state.port}`);
  const running = findServers(marker);
  console.log(running.length > 0 ? "the process runs but does not answer" : "the server is gone");
  process.exitCode = running.length > 0 ? 1 : 3;
}

const verbs = { deploy, destroy, check };
const verb = verbs[process.argv[2]];
if (!verb) throw new Error("Usage: preview.mjs deploy | destroy | check");
await verb();
