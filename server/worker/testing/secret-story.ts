import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { eq, like } from "drizzle-orm";
import { expect } from "vitest";
import { environments } from "#db/schema/environment.ts";
import { logLines } from "#db/schema/run.ts";
import type { TestDatabase } from "#db/testing/test-database.ts";
import type { Role } from "#server/actor.ts";
import { appRouter } from "#server/api/router.ts";
import { createCallerFactory } from "#server/api/trpc.ts";
import { exportEvents } from "#server/audit/export-events.ts";
import { type Context, systemClock } from "#server/context.ts";
import type { CrashPoint } from "#server/crashpoint.ts";
import { requestDriftCheck } from "#server/environment/drift.ts";
import { launchEnvironment } from "#server/environment/launch-environment.ts";
import { retryEnvironment } from "#server/environment/retry-environment.ts";
import { terminateEnvironment } from "#server/environment/terminate-environment.ts";
import { openPortal, type Portal } from "#server/environment/testing/portal.ts";
import { changeChannel } from "#server/job/notify-change.ts";
import { saveSecret } from "#server/space/secrets.ts";
import { endLeases, type KillStage, root } from "./kill-stage.ts";
import { type Canaries, connection, plantCanaries, vaultFiles } from "./planted-secrets.ts";
import { listen, openSearch, type Search, searchDatabase, searchFolder, watchProcesses } from "./secret-sinks.ts";

const createCaller = createCallerFactory(appRouter);

export type Vault = {
  stage: KillStage;
  database: TestDatabase;
  portal: Portal;
  canaries: Canaries;
  search: Search;
  sinks: ReturnType<typeof openSearch>["sinks"];
  /** The context of somebody, at the time of the worker. */
  as(name: string): Promise<Context>;
};

/** A portal with a blueprint that has secrets in every place, and a space's secret for it. */
export async function openVault(
  stage: KillStage,
  database: TestDatabase,
  files: Record<string, string> = vaultFiles,
): Promise<Vault> {
  const canaries = plantCanaries();
  const roles: Record<string, readonly Role[]> = {
    maya: ["member"],
    ada: ["admin"],
    noor: ["member"],
    odd: ["auditor"],
  };
  const portal = await openPortal(database.db, roles, files);
  const as = async (name: string) => ({ ...(await portal.as(name)), clock: systemClock });
  await saveSecret(await as("ada"), {
    spaceId: portal.spaceId,
    name: connection,
    kind: "parameter",
    value: { VAULT_TOKEN: canaries.credential },
  });
  const { search, sinks } = openSearch(canaries);
  return { stage, database, portal, canaries, search, sinks, as };
}

/** Lets a worker process work off the queue; what it says is searched. */
async function work({ stage, search }: Vault, more: { crashAt?: CrashPoint; env?: Record<string, string> } = {}) {
  const temporary = path.join(stage.folder, "tmp");
  fs.mkdirSync(temporary, { recursive: true });
  const env = { GANTRY_LOG_LEVEL: "trace", TMPDIR: temporary, ...more.env };
  const child = spawn(process.execPath, [path.join(stage.folder, "doomed.mjs")], {
    cwd: root,
    env: { ...process.env, ...stage.settings(more.crashAt), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => {
    said.stdout += chunk.toString("latin1");
  });
  child.stderr.on("data", (chunk: Buffer) => {
    said.stderr += chunk.toString("latin1");
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (...end) => resolve(end));
  });
  search("worker's own log", said.stdout + said.stderr);
  if (signal !== "SIGKILL" || !more.crashAt) expect(code, said.stderr).toBe(0);
  await endLeases({ db: stage.ctx().db });
  return { killed: signal === "SIGKILL" };
}

async function stateOf({ database }: Vault, environmentId: string) {
  const [row] = await database.db.select().from(environments).where(eq(environments.id, environmentId));
  return row!;
}

/** Launch, drift and end, each searched; with `kills`, a worker dies at each of these points of a launch first. */
export async function liveWithSecrets(
  vault: Vault,
  options: {
    kills?: readonly CrashPoint[];
    env?: Record<string, string>;
    meanwhile?(environmentId: string): Promise<void>;
  } = {},
): Promise<string> {
  const { database, canaries, search, portal } = vault;
  const ear = await listen(search, database.url, changeChannel);
  const watch = watchProcesses(
    search,
    (commandLine) => commandLine.includes(`${vault.stage.folder}/`) && commandLine.includes(".mjs"),
  );
  try {
    const maya = await vault.as("maya");
    const inputs = {
      password: canaries["sensitive input"],
      forgotten: canaries["sensitive input the module does not mark"],
    };
    const launched = await launchEnvironment(maya, { ...portal.launchOf(), inputs });
    const { environmentId } = launched;
    expect(launched.sentence).toContain("Approved");
    await searchAll(vault, environmentId);
    for (const crashAt of options.kills ?? []) {
      expect(await work(vault, { crashAt, ...options }), crashAt).toEqual({ killed: true });
      searchDisk(vault, " between a kill and its heir");
    }
    await work(vault, options);
    expect(await stateOf(vault, environmentId)).toMatchObject({ state: "active", stateReason: "" });
    await searchAll(vault, environmentId);
    // What was printed was there to be found: it is masked, not missing.
    expect(await database.db.$count(logLines, like(logLines.text, "%[redacted]%"))).toBeGreaterThan(3);
    await options.meanwhile?.(environmentId);
    await requestDriftCheck(maya, { environmentId });
    await work(vault, options);
    await terminateEnvironment(maya, { environmentId, reason: "done" });
    await work(vault, options);
    expect((await stateOf(vault, environmentId)).state).toBe("ended");
    await searchAll(vault, environmentId);
    expectMemoryEmpty(vault);
    return environmentId;
  } finally {
    watch.end();
    await ear.end();
  }
}

/** A launch that fails with secrets in its mouth, tried again, and ended. */
export async function failWithSecrets(vault: Vault): Promise<void> {
  const { canaries, portal } = vault;
  const maya = await vault.as("maya");
  const inputs = {
    password: canaries["sensitive input"],
    forgotten: canaries["sensitive input the module does not mark"],
  };
  const { environmentId } = await launchEnvironment(maya, { ...portal.launchOf(), inputs });
  await work(vault);
  expect((await stateOf(vault, environmentId)).state).toBe("launch_failed");
  await searchAll(vault, environmentId);
  await retryEnvironment(maya, { environmentId });
  await work(vault);
  await terminateEnvironment(maya, { environmentId, reason: "done" });
  await work(vault);
  await searchAll(vault, environmentId);
}

/** What lies on the disk. On a host without a folder in memory, secrets of a step that was killed lie there until its heir comes. */
function searchDisk({ search, stage }: Vault, when = ""): void {
  if (when && !stage.memory) console.warn(`Skipped: no folder in memory, so the disk is not searched${when}.`);
  else
    for (const [name, folder] of Object.entries({ "data folder": "data", "folder for temporary files": "tmp" }))
      searchFolder(search, `${name}${when}`, path.join(stage.folder, folder));
}

/** Nothing of any step is left in memory. */
function expectMemoryEmpty({ stage: { memory } }: Vault): void {
  const left = memory ? fs.readdirSync(memory).flatMap((name) => fs.readdirSync(path.join(memory, name))) : [];
  expect(left, "no step's folder is left in memory").toEqual([]);
}

async function searchAll(vault: Vault, environmentId: string): Promise<void> {
  const { search, database } = vault;
  await searchDatabase(search, database.url);
  searchDisk(vault);
  for (const who of ["maya", "noor", "odd", "ada"] as const) await searchAnswers(vault, who, environmentId);
  const dataDir = path.join(vault.stage.folder, "data");
  for (const format of ["jsonl", "csv"] as const) {
    const { content } = await exportEvents(await vault.as("odd"), { format, spaceId: vault.portal.spaceId }, dataDir);
    for await (const text of content) search("exports of the audit trail", text, format);
  }
}

const people = { maya: "the owner", noor: "another member", odd: "an auditor", ada: "an admin" } as const;

/** What every screen asks for, as this person gets it. */
async function searchAnswers(vault: Vault, who: keyof typeof people, environmentId: string): Promise<void> {
  const { search, portal } = vault;
  const ctx = await vault.as(who);
  const { number } = await stateOf(vault, environmentId);
  const open = { ctx, requestId: "rehearsal", open: ctx };
  const ask = createCaller(open);
  const space = portal.slug;
  const answers = {
    find: ask.environment.find({ space, number }),
    list: ask.environment.list({ space }),
    resources: ask.environment.resources({ environmentId }),
    cost: ask.environment.cost({ environmentId }),
    runs: ask.environment.runs({ environmentId }),
    logs: ask.environment
      .runs({ environmentId })
      .then((runs) => Promise.all(runs.map((run) => ask.environment.log({ environmentId, runId: run.id })))),
    timeline: ask.environment.timeline({ environmentId }),
    decisions: ask.environment.decisions({ environmentId }),
  };
  for (const [name, answer] of Object.entries(answers)) {
    const text = await answer.then(JSON.stringify, (error: unknown) => String(error));
    search(`answers to ${people[who]}`, text, name);
  }
}
