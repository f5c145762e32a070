// @ts-check
// What start.mjs and test.mjs both need before TypeScript can run: dependencies, a build, free ports. Only node: imports.
import { spawn } from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "..", "..");
/** @type {[number, number]} */
const minimumNode = [20, 9];

export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > minimumNode[0] || (major === minimumNode[0] && minor >= minimumNode[1])) return;
  throw new Error(`Gantry needs Node ${minimumNode.join(".")} or newer; this is ${process.versions.node}.`);
}

/** Runs a command to its end; its output is shown. Rejects with the command's name when it fails. */
export function run(
  /** @type {string} */ command,
  /** @type {string[]} */ args,
  /** @type {Record<string, string | undefined>} */ env = {},
) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } });
    child.on("error", reject);
    child.on("exit", (code, signal) =>
      code === 0
        ? resolve(undefined)
        : reject(new Error(`${path.basename(command)} ${args.join(" ")} ended with ${code ?? signal}.`)),
    );
  });
}

function digestOf(/** @type {string[]} */ names) {
  const hash = crypto.createHash("sha256").update(`${process.version} ${process.platform} ${process.arch}`);
  const visit = (/** @type {string} */ file) => {
    if (!fs.existsSync(file)) return;
    if (fs.statSync(file).isDirectory()) {
      for (const name of fs.readdirSync(file).sort()) visit(path.join(file, name));
    } else if (!/\.(test|campaign)\.tsx?$|\.md$|\/testing\//.test(file))
      hash.update(file.slice(root.length)).update(fs.readFileSync(file));
  };
  for (const name of names) visit(path.join(root, name));
  return hash.digest("hex");
}

/** Does `work` unless the stamp says it was done for the same sources; the stamp is written after success only. */
async function once(
  /** @type {string} */ stampFile,
  /** @type {string[]} */ sources,
  /** @type {() => Promise<unknown>} */ work,
) {
  const digest = digestOf(sources);
  const file = path.join(root, stampFile);
  if (fs.existsSync(file) && fs.readFileSync(file, "utf8") === digest) return false;
  await work();
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, digest);
  return true;
}

/** Installs exactly what the lockfile says, if that has not been done. */
export function ensureDependencies() {
  return once("node_modules/.gantry-stamp", ["package-lock.json"], async () => {
    console.log("[gantry] installing dependencies");
    const npm = process.env.npm_execpath;
    const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
    if (npm) await run(process.execPath, [npm, ...args]);
    else await run(process.platform === "win32" ? "npm.cmd" : "npm", args);
  });
}

/** Builds the portal if its sources changed since the last build. */
export function ensureBuild() {
  const sources = [
    "app",
    "server",
    "db",
    "next.config.mjs",
    "package-lock.json",
    "postcss.config.mjs",
    "tsconfig.json",
  ];
  return once(".next/gantry-stamp", sources, async () => {
    console.log("[gantry] building");
    await run(process.execPath, [path.join(root, "server/rego/isolated/build-worker.mjs")]);
    await run(process.execPath, [path.join(root, "node_modules/next/dist/bin/next"), "build"], {
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
    });
  });
}

/** Resolves when host:port can be listened on; rejects with what to do. */
export function checkPort(/** @type {number} */ port, /** @type {string} */ host) {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once("error", (error) => {
      const code = /** @type {NodeJS.ErrnoException} */ (error).code;
      if (code === "EADDRINUSE")
        reject(
          new Error(`Port ${port} is in use. Stop what listens there, or choose another: PORT=${port + 1} npm start`),
        );
      else reject(new Error(`Cannot listen on ${host}:${port}: ${error.message}`));
    });
    server.listen(port, host, () => server.close(resolve));
  });
}

/** A TCP port that is free now. @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = /** @type {net.AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}
