import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { and, eq, inArray, ne } from "drizzle-orm";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { blueprintRevisions } from "#db/schema/blueprint.ts";
import { environments, resources, simulatedResources } from "#db/schema/environment.ts";
import { jobs, runSteps, runs } from "#db/schema/run.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { checkInputs } from "#server/blueprint/check-inputs.ts";
import { parseBlueprint } from "#server/blueprint/parse-blueprint.ts";
import { readFolder } from "#server/blueprint/revision/read-folder.ts";
import { inTransaction } from "#server/context.ts";
import { type CrashPoint, crashPoints } from "#server/crashpoint.ts";
import { lockEnvironment } from "#server/environment/find-environment.ts";
import { queueRun } from "#server/environment/queue-run.ts";
import { beginEnd } from "#server/environment/terminate-environment.ts";
import { findTerraform } from "#server/grain/terraform/find-terraform.ts";
import { enqueueJob } from "#server/job/enqueue-job.ts";
import { rehearsalContext, rehearse } from "#server/run/testing/rehearsal.ts";

const database = openTestDatabase();
const root = path.resolve(import.meta.dirname, "../..");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gantry-crash-"));
const program = path.join(folder, "doomed.mjs");
const ctx = () => rehearsalContext(database.db);
const hit = new Set<string>();

beforeAll(async () => {
  // Bundled, because it is started a hundred times.
  await build({
    entryPoints: [path.join(import.meta.dirname, "testing/doomed.ts")],
    outfile: program,
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
  // Crashes are rehearsed without policies; those have tests of their own.
  fs.mkdirSync(path.join(folder, "policies"));
  fs.copyFileSync(path.join(root, "package.json"), path.join(folder, "package.json"));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Lets a worker work off the queue; true when it was killed at the point. */
function work(crashAt?: CrashPoint): Promise<boolean> {
  const env = {
    ...process.env,
    DATABASE_URL: database.url,
    GANTRY_DATA_DIR: path.join(folder, "data"),
    GANTRY_HOME: root,
    GANTRY_SIMULATOR_SPEED: "0",
    GANTRY_LOG_LEVEL: "silent",
    GANTRY_CRASH_AT: crashAt ?? "",
  };
  const child = spawn(process.execPath, [program], { cwd: folder, env, stdio: ["ignore", "inherit", "inherit"] });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      if (signal === "SIGKILL" && crashAt) resolve(true);
      else if (code === 0) resolve(false);
      else reject(new Error(`The worker ended with ${code ?? signal} at ${crashAt}.`));
    });
  });
}

/** A worker that dies at the point, and its heir. */
async function workThrough(crashAt: CrashPoint): Promise<void> {
  if (await work(crashAt)) hit.add(crashAt);
  // Its lease has run out; waiting for that is tested elsewhere.
  await database.db
    .update(jobs)
    .set({ leaseUntil: new Date(0) })
    .where(eq(jobs.state, "active"));
  await work();
}

async function prepare(name: string): Promise<string> {
  const files = readFolder(path.join(root, "blueprints", name));
  const { blueprint } = parseBlueprint(files);
  if (!blueprint) throw new Error(`${name} does not parse.`);
  const { values } = checkInputs(blueprint, {});
  const { environmentId } = await rehearse(ctx(), { blueprint, agent: blueprint.agent, inputs: values });
  const [environment] = await database.db
    .update(environments)
    .set({ state: "queued", durationMinutes: 60 })
    .where(eq(environments.id, environmentId))
    .returning();
  await database.db.update(blueprintRevisions).set({ files }).where(eq(blueprintRevisions.id, environment!.revisionId));
  await inTransaction(ctx(), (tx) => queueRun(tx, environment!, "launch"));
  return environmentId;
}

async function expectState(id: string, state: string): Promise<void> {
  const [environment] = await database.db.select().from(environments).where(eq(environments.id, id));
  expect(environment?.state, environment?.stateReason).toBe(state);
}
const serversOf = (id: string) =>
  fs.readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(id);
    } catch {
      return false;
    }
  });

async function rehearseCrash(name: string, point: CrashPoint): Promise<void> {
  const id = await prepare(name);
  await workThrough(point);
  await expectState(id, "active");
  const made = await database.db.select().from(resources).where(eq(resources.environmentId, id));
  expect(made.length).toBeGreaterThan(0);
  expect(made.filter(({ state }) => state !== "created")).toEqual([]);
  if (name === "web-preview") expect(serversOf(id), "one server, not two").toHaveLength(1);
  const ledger = await database.db.select().from(simulatedResources).where(eq(simulatedResources.environmentId, id));
  if (made[0]?.simulated)
    expect(ledger.map(({ address }) => address).sort()).toEqual(made.map(({ address }) => address).sort());

  await enqueueJob(ctx(), { kind: "check_drift", payload: { environmentId: id } });
  await workThrough(point);
  await inTransaction(ctx(), async (tx) =>
    beginEnd(tx, await lockEnvironment(tx, id, "environment.terminate"), "rehearsed"),
  );
  await workThrough(point);
  await expectState(id, "ended");
  expect(serversOf(id), "no process is left").toEqual([]);
  expect(await database.db.$count(simulatedResources, eq(simulatedResources.environmentId, id))).toBe(0);
  expect(
    await database.db.$count(resources, and(eq(resources.environmentId, id), ne(resources.state, "destroyed"))),
  ).toBe(0);
  expect(await database.db.$count(runs, and(eq(runs.environmentId, id), ne(runs.state, "succeeded")))).toBe(0);
  expect(
    await database.db.$count(
      runSteps,
      and(eq(runSteps.environmentId, id), inArray(runSteps.state, ["waiting", "running"])),
    ),
  ).toBe(0);
  expect(fs.existsSync(path.join(folder, "data/work", id, "server"))).toBe(false);
}

const inFamily = (...families: string[]) => crashPoints.filter((point) => families.includes(point.split(".")[0] ?? ""));
// Only a failing or a stopping worker passes these.
const elsewhere: readonly CrashPoint[] = [
  "job.before-fail",
  "job.after-fail",
  "job.before-release",
  "job.after-release",
  "step.before-failure",
  "step.after-failure",
];
/** `vitest run --mode campaign server/worker/crash` walks all points, which takes minutes; otherwise a few stand for them. */
const isCampaign = (import.meta as { env?: { MODE?: string } }).env?.MODE === "campaign";
const some: readonly CrashPoint[] = ["shell.after-spawn", "simulator.after-create"];
const chosen = (points: readonly CrashPoint[]) =>
  points.filter((point) => !elsewhere.includes(point) && (isCampaign || some.includes(point)));
// A shell grain's resources are settled by the verification, the simulator's one by one.
const byOne: readonly CrashPoint[] = ["resource.before-destroyed", "resource.after-destroyed"];
const local = chosen(
  inFamily("job", "schedule", "run", "step", "resource", "log", "shell", "drift").filter(
    (point) => !byOne.includes(point),
  ),
);
const simulated = chosen([...inFamily("simulator"), ...byOne]);
const hasTerraform = (await findTerraform("terraform")) !== null;
const terraform = hasTerraform ? chosen(inFamily("terraform")) : [];

describe("a worker killed at any point", { timeout: 120_000 }, () => {
  test.each(local)("%s: a web preview is launched once, watched, and ended without a trace", (point) =>
    rehearseCrash("web-preview", point),
  );
  test.each(simulated)("%s: simulated resources are made once and all destroyed", (point) =>
    rehearseCrash("aws-workstation", point),
  );
  test.each(terraform)("%s: Terraform's state is neither lost nor forked", (point) =>
    rehearseCrash("terraform-sandbox", point),
  );
  test("every point was really passed", () => {
    expect([...local, ...simulated, ...terraform].filter((point) => !hit.has(point))).toEqual([]);
  });
});
