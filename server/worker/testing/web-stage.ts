import { randomUUID } from "node:crypto";
import path from "node:path";
import { eq, inArray } from "drizzle-orm";
import { beforeAll } from "vitest";
import { environments } from "#db/schema/environment.ts";
import { people } from "#db/schema/person.ts";
import { jobs } from "#db/schema/run.ts";
import type { TestDatabase } from "#db/testing/test-database.ts";
import { systemActor } from "#server/actor.ts";
import { parseOrThrow } from "#server/blueprint/revision/check-folder.ts";
import { loadBundledBlueprints, publishRelease } from "#server/blueprint/revision/load-bundled.ts";
import { insertRevision } from "#server/blueprint/revision/save-revision.ts";
import { type Answer, callPortal, signIn } from "#server/command/portal-client.ts";
import { freePort } from "#server/command/prepare.mjs";
import { actingAs, inTransaction } from "#server/context.ts";
import type { CrashPoint } from "#server/crashpoint.ts";
import { countOwned } from "#server/decision/quota-facts.ts";
import { createDemoAccounts } from "#server/space/demo.ts";
import { type KillStage, openKillStage, root, work } from "./kill-stage.ts";
import { startWeb, type WebProcess, type WebProgram } from "./web-process.ts";

/** A portal of two web processes: one that lives, and one that is killed and started again. */
export type WebStage = KillStage & {
  /** Asks the web process that lives. */
  ask(request: WebRequest): Promise<Answer>;
  /** Asks another one, with the same session. */
  askAt(web: Pick<WebProcess, "url">, request: WebRequest): Promise<Answer>;
  /** Starts the other web process, to die at the point or to stay. */
  start(crashAt?: CrashPoint): Promise<WebProcess>;
  work(): Promise<void>;
  stateOf(environmentId: string): Promise<string | undefined>;
  /** Places that the requester takes. */
  places(): Promise<number>;
  /** Lets go of everything, after a story that went wrong: the next one finds all places free. */
  clear(): Promise<void>;
};

export type WebRequest = { who: "maya" | "ari" | "sam"; procedure: string; input: Record<string, unknown> };

/** Can be made to wait for one person or for two, to be denied, to fail, to be left and to drift. */
const trial = {
  "README.md": "# Trial\n",
  "blueprint.yaml": JSON.stringify({
    spec_version: 2,
    description: "A trial service.",
    metadata: {
      gantry: {
        title: "Trial",
        agent: "simulator",
        duration: { default: "1h" },
        costs: [{ name: "Flat rate", amount: "0.05", currency: "USD", per: "hour" }],
        inputs: { stage: { kind: "environment_class" } },
      },
    },
    inputs: {
      stage: { type: "string", default: "development" },
      simulate_failure: { type: "string", default: "none" },
    },
    grains: { app: { kind: "shell", spec: { activities: { deploy: { commands: ["true"] } } } } },
  }),
};

const spaceSlug = "payments";

/** What a launch of one of the rehearsal's blueprints asks for. */
export function launchInput(blueprintName: string, more: { inputs?: Record<string, string>; minutes?: number } = {}) {
  return {
    space: spaceSlug,
    blueprintName,
    name: `rehearsal ${randomUUID().slice(0, 8)}`,
    inputs: more.inputs ?? {},
    durationMinutes: more.minutes ?? 60,
    idempotencyKey: randomUUID(),
  };
}

async function furnish(stage: KillStage): Promise<{ spaceId: string; ownerId: string }> {
  const ctx = actingAs(stage.ctx(), systemActor("release"));
  const { spaces } = await createDemoAccounts(ctx);
  await loadBundledBlueprints(ctx, path.join(root, "blueprints"));
  await inTransaction(ctx, async (tx) => {
    const { blueprint } = parseOrThrow("trial", trial);
    await insertRevision(tx, { spaceId: null, blueprint, files: trial, state: "reviewed" });
    await publishRelease(tx, { spaceId: spaces[spaceSlug] ?? "" });
  });
  const [maya] = await ctx.db.select().from(people).where(eq(people.email, "maya@demo.gantry.example"));
  return { spaceId: spaces[spaceSlug] ?? "", ownerId: maya?.id ?? "" };
}

/** Opens a furnished portal for a test file: call at its top, beside the database. */
export function openWebStage(database: TestDatabase, program: WebProgram): WebStage {
  const stage = openKillStage(database);
  const cookies = new Map<string, string>();
  let ground = { spaceId: "", ownerId: "" };
  let home: WebProcess;
  let port = 0;
  const cookieOf = async (who: string) => {
    const cookie = cookies.get(who) ?? (await signIn(home.url, `${who}@demo.gantry.example`));
    cookies.set(who, cookie);
    return cookie;
  };
  const askAt: WebStage["askAt"] = async ({ url }, { who, procedure, input }) =>
    callPortal({ url, cookie: await cookieOf(who) }, procedure, input);
  beforeAll(async () => {
    ground = await furnish(stage);
    port = await freePort();
    home = await startWeb(stage, { program, port: await freePort() });
    for (const who of ["maya", "ari", "sam"]) await cookieOf(who);
    return () => home.stop();
  }, 120_000);
  return {
    ...stage,
    ask: (request) => askAt(home, request),
    askAt,
    start: (crashAt) => startWeb(stage, { program, port, crashAt }),
    work: async () => void (await work(stage, undefined, { cwd: root })),
    stateOf: async (id) => (await stage.ctx().db.select().from(environments).where(eq(environments.id, id)))[0]?.state,
    places: () => countOwned(stage.ctx(), ground.spaceId, ground.ownerId),
    async clear() {
      const { db } = stage.ctx();
      await db
        .update(jobs)
        .set({ state: "failed" })
        .where(inArray(jobs.state, ["ready", "active"]));
      await db.update(environments).set({ state: "ended" });
    },
  };
}
