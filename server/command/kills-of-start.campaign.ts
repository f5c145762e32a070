import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { asc, eq } from "drizzle-orm";
import { afterAll, describe, expect, test } from "vitest";
import { environments, environmentTransitions } from "#db/schema/environment.ts";
import { openTestDatabase, type TestDatabase } from "#db/testing/test-database.ts";
import { checkPort, ensureBuild, freePort, root } from "./prepare.mjs";

await ensureBuild();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gantry-start-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Waits for the condition itself, however long the machine takes; the test's own limit ends it. */
async function until<T>(ask: () => T | Promise<T>): Promise<NonNullable<T>> {
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    await pause(50);
  }
}

const childrenOf = (pid: number) =>
  fs.readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
const commandOf = (pid: number) => {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
};
const isAlive = (pid: number) => commandOf(pid) !== "";

describe("npm start, killed with kill -9", { timeout: 900_000 }, () => {
  const data = path.join(folder, "portal");
  let port = 0;
  let supervisor: ChildProcess;
  const start = () => {
    const env = { ...process.env, PORT: String(port), GANTRY_DATA_DIR: data, GANTRY_DEMO: "off" };
    supervisor = spawn(process.execPath, ["start.mjs"], { cwd: root, env, stdio: ["ignore", "ignore", "inherit"] });
  };
  const webPid = async () => {
    const answer = await fetch(`http://localhost:${port}/api/ready`).catch(() => undefined);
    return answer?.ok ? ((await answer.json()) as { pid: number }).pid : undefined;
  };
  const workerPid = () => childrenOf(supervisor.pid ?? 0).find((pid) => commandOf(pid).includes("worker/main.ts"));

  test("the web process is started again", async () => {
    port = await freePort();
    start();
    const first = await until(webPid);
    process.kill(first, "SIGKILL");
    expect(await until(async () => ((await webPid()) === first ? undefined : webPid()))).not.toBe(first);
  });

  test("the worker is started again", async () => {
    const first = await until(workerPid);
    process.kill(first, "SIGKILL");
    expect(await until(() => (workerPid() === first ? undefined : workerPid()))).not.toBe(first);
  });

  test("without its supervisor the portal stops by itself, and the next start finds everything as it was", async () => {
    const [web, worker] = [await until(webPid), await until(workerPid)];
    supervisor.kill("SIGKILL");
    await until(() => !isAlive(web) && !isAlive(worker));
    await checkPort(port, "127.0.0.1");
    start();
    expect(await until(webPid)).not.toBe(web);
  });

  test("told to stop, it leaves no process, no port and no database server", async () => {
    const [web, worker] = [await until(webPid), await until(workerPid)];
    const postmaster = Number(fs.readFileSync(path.join(data, "postgres/postmaster.pid"), "utf8").split("\n")[0]);
    const ended = new Promise((resolve) => supervisor.on("exit", resolve));
    supervisor.kill("SIGTERM");
    expect(await ended).toBe(0);
    await checkPort(port, "127.0.0.1");
    expect([web, worker, postmaster].filter(isAlive)).toEqual([]);
  });
});

describe("a first start killed while it writes the demo's past", { timeout: 1_800_000 }, () => {
  const whole = openTestDatabase();
  const cut = openTestDatabase();
  const seed = ({ url }: TestDatabase, crashAt = "") => {
    const env = {
      ...process.env,
      DATABASE_URL: url,
      GANTRY_DATA_DIR: path.join(folder, "seed"),
      GANTRY_DEMO: "on",
      GANTRY_CRASH_AT: crashAt,
    };
    const args = ["--import", "tsx", "server/command/seed.ts"];
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "ignore", "inherit"] });
    return new Promise((resolve) => child.on("exit", (code, signal) => resolve(signal ?? code)));
  };
  const storyIn = ({ db }: TestDatabase) =>
    db
      .select({ name: environments.name, event: environmentTransitions.event, to: environmentTransitions.toState })
      .from(environments)
      .innerJoin(environmentTransitions, eq(environmentTransitions.environmentId, environments.id))
      .orderBy(asc(environments.name), asc(environmentTransitions.id));

  test("the next starts go on with it: the same past as without a kill, once", async () => {
    const points = [
      "environment.launch-before-commit#3",
      "environment.launch-after-commit#4",
      "step.after-apply#3",
      "approval.settle-before-commit#2",
      "environment.end-before-commit#3",
      "run.before-finish#5",
      "approval.settle-after-commit#1",
    ];
    for (const point of points) expect(await seed(cut, point), point).toBe("SIGKILL");
    expect(await seed(cut)).toBe(0);
    expect(await seed(whole)).toBe(0);
    const told = await storyIn(cut);
    expect(told.length).toBeGreaterThan(100);
    expect(told).toEqual(await storyIn(whole));
  });
});
