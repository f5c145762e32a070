import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { eq } from "drizzle-orm";
import { build } from "esbuild";
import { afterAll, beforeAll } from "vitest";
import { jobs } from "#db/schema/run.ts";
import type { TestDatabase } from "#db/testing/test-database.ts";
import type { Context } from "#server/context.ts";
import type { CrashPoint } from "#server/crashpoint.ts";
import { memoryRoot, whyOnDisk } from "#server/grain/secret-folder.ts";
import { rehearsalContext } from "#server/run/testing/rehearsal.ts";

export const root = path.resolve(import.meta.dirname, "../../..");

/** No server of a rehearsal outlives it, however that ends. */
export const endWithUs = ["--import", pathToFileURL(path.join(root, "server/command/end-with-parent.mjs")).href];

type Settings = Record<string, string>;
export type Kill = { process: "worker" | "web"; story: string; point: CrashPoint };

type RunOptions = { crashAt?: CrashPoint | undefined; cwd?: string; env?: Settings; args?: string[] };

/** Where kills are rehearsed: a database, a data folder, programs that die at a point, and what was killed so far. */
export type KillStage = {
  ctx(): Context;
  kills: Kill[];
  /** Folder of the data, of the bundled programs, and of an empty set of policies. */
  folder: string;
  /** Where secrets lie while steps run; null on a host without a folder in memory that has room. */
  memory: string | null;
  /** What every process of the rehearsal is told. */
  settings(crashAt?: CrashPoint): Settings;
  /** Starts one of the programs beside this file. */
  run(program: Program, options?: RunOptions): ChildProcess;
  /** Lets a worker that nobody kills work off the queue; it stays for the next time. */
  inherit(cwd?: string): Promise<void>;
};

const programs = { doomed: "testing/doomed.ts", main: "main.ts", door: "testing/door.ts" } as const;
export type Program = keyof typeof programs;

async function bundle(folder: string): Promise<void> {
  // Bundled, because they are started hundreds of times.
  await build({
    entryPoints: Object.entries(programs).map(([out, file]) => ({ out, in: path.join(root, "server/worker", file) })),
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "error",
  });
  // What modules read from beside themselves lies beside the bundle.
  for (const name of fs.readdirSync(path.join(root, "server"), { recursive: true, encoding: "utf8" }))
    if (name.endsWith(".generated.json"))
      fs.copyFileSync(path.join(root, "server", name), path.join(folder, path.basename(name)));
  for (const name of ["node_modules", "server"]) fs.symlinkSync(path.join(root, name), path.join(folder, name));
  fs.mkdirSync(path.join(folder, "policies"));
  fs.copyFileSync(path.join(root, "package.json"), path.join(folder, "package.json"));
}

/** Opens the stage for a test file: call at its top, beside the database. */
export function openKillStage(database: TestDatabase): KillStage {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gantry-kill-"));
  const usual = whyOnDisk() ? null : memoryRoot();
  const memory = usual && fs.mkdtempSync(path.join(path.dirname(usual), "gantry-kill-"));
  beforeAll(() => bundle(folder), 120_000);
  afterAll(() => {
    for (const made of [folder, memory]) if (made) fs.rmSync(made, { recursive: true, force: true });
  });
  const settings = (crashAt?: CrashPoint): Settings => ({
    DATABASE_URL: database.url,
    GANTRY_DATA_DIR: path.join(folder, "data"),
    GANTRY_MEMORY_DIR: memory ?? "off",
    GANTRY_HOME: root,
    GANTRY_SIMULATOR_SPEED: "0",
    GANTRY_LOG_LEVEL: "silent",
    GANTRY_CRASH_AT: crashAt ?? "",
  });
  const run: KillStage["run"] = (program, { crashAt, cwd = folder, env = {}, args = [] } = {}) =>
    spawn(
      process.execPath,
      [...(program === "doomed" ? [] : endWithUs), path.join(folder, `${program}.mjs`), ...args],
      {
        cwd,
        env: { ...process.env, ...settings(crashAt), ...env },
        stdio: ["pipe", "pipe", "inherit"],
      },
    );
  const heirs = new Map<string, Heir>();
  afterAll(() => Promise.all([...heirs.values()].map(({ stop }) => stop())));
  return {
    ctx: () => rehearsalContext(database.db),
    kills: [],
    folder,
    memory,
    settings,
    run,
    async inherit(cwd = folder) {
      const heir = heirs.get(cwd) ?? startHeir(run("doomed", { cwd, args: ["--each-line"] }));
      heirs.set(cwd, heir);
      await heir.work();
    },
  };
}

type Heir = { work(): Promise<void>; stop(): Promise<unknown> };

function startHeir(child: ChildProcess): Heir {
  const end = endOf(child);
  end.catch(() => undefined);
  return {
    async work() {
      const done = new Promise((resolve) => child.stdout?.once("data", resolve));
      child.stdin?.write("work\n");
      const state = await Promise.race([done, end]);
      if (state === "ended") throw new Error("The heir ended before its work was done.");
    },
    stop() {
      child.stdin?.end();
      return end.catch(() => undefined);
    },
  };
}

/** How a process ended: by the kill that was waiting for it, or well; anything else is a bug. */
export function endOf(child: ChildProcess, crashAt?: CrashPoint): Promise<"killed" | "ended"> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      if (signal === "SIGKILL" && crashAt) resolve("killed");
      else if (code === 0) resolve("ended");
      else reject(new Error(`A process ended with ${code ?? signal} at ${crashAt}.`));
    });
  });
}

/** Lets a worker work off the queue; true when it was killed at the point. */
export async function work(
  stage: KillStage,
  crashAt?: CrashPoint,
  options: { cwd?: string; env?: Settings } = {},
): Promise<boolean> {
  if (!crashAt && !options.env) return stage.inherit(options.cwd).then(() => false);
  return (await endOf(stage.run("doomed", { crashAt, ...options }), crashAt)) === "killed";
}

/** The leases of the dead have run out; waiting for that is tested elsewhere. */
export async function endLeases({ db }: Pick<Context, "db">): Promise<void> {
  await db
    .update(jobs)
    .set({ leaseUntil: new Date(0) })
    .where(eq(jobs.state, "active"));
}

/** Processes that bear an environment's id in their command line: its servers and commands. */
export function processesOf(environmentId: string): string[] {
  return fs.readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(environmentId);
    } catch {
      return false;
    }
  });
}

/** Its working folder's servers, as far as any is left on the disk. */
export function serverFolderOf({ folder }: KillStage, environmentId: string): boolean {
  return fs.existsSync(path.join(folder, "data/work", environmentId, "server"));
}
