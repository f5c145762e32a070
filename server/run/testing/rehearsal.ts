import { randomUUID } from "node:crypto";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { blueprintRevisions } from "#db/schema/blueprint.ts";
import { environments } from "#db/schema/environment.ts";
import { people } from "#db/schema/person.ts";
import type { RunKind } from "#db/schema/run.ts";
import { spaces } from "#db/schema/space.ts";
import { systemActor } from "#server/actor.ts";
import type { Blueprint, Grain } from "#server/blueprint/blueprint.ts";
import { type Context, createContext } from "#server/context.ts";
import { claimJob } from "#server/job/claim-job.ts";
import { enqueueJob } from "#server/job/enqueue-job.ts";
import type { ClaimedJob } from "#server/job/job.ts";
import { finishJob } from "#server/job/settle-job.ts";
import { openRun } from "#server/run/open-run.ts";
import { performRun } from "#server/run/perform-run.ts";
import type { RunOutcome, RunRequest } from "#server/run/run.ts";
import { environmentPlace } from "#server/run/run-subject.ts";
import { seal } from "#server/secret/seal.ts";

export const rehearsalContext = (db: NodePgDatabase, more: Partial<Context> = {}): Context => ({
  ...createContext({ db, actor: systemActor("worker"), via: "worker" }),
  ...more,
});

export function blueprintOf(grains: Grain[], more: Partial<Blueprint> = {}): Blueprint {
  return {
    format: 1,
    name: "trial",
    title: "Trial",
    description: "",
    icon: "IconBox",
    labels: [],
    category: "",
    cloud: "host",
    owner: { team: "platform", email: null },
    inputs: [],
    outputs: [],
    grains,
    prompts: [],
    synonyms: [],
    declaredCosts: [],
    duration: { defaultMinutes: 60, maxMinutes: null, alwaysOn: false },
    instructions: "",
    agent: "local",
    requires: [],
    readme: "",
    blocked: null,
    environmentLabels: [],
    form: [],
    workflow: null,
    extra: {},
    ...more,
  };
}

export type Rehearsed = { environmentId: string; spaceId: string };

/** An environment of a space of its own, as a launch would leave it. */
export async function rehearse(
  ctx: Context,
  wish: {
    blueprint: Blueprint;
    agent?: "local" | "simulator";
    inputs?: Record<string, string>;
    secrets?: Record<string, string>;
    files?: Record<string, string>;
  },
): Promise<Rehearsed> {
  const now = ctx.clock.now();
  const tag = randomUUID().slice(0, 8);
  const [space] = await ctx.db
    .insert(spaces)
    .values({ slug: `s-${tag}`, name: "Payments", createdAt: now })
    .returning();
  const [owner] = await ctx.db
    .insert(people)
    .values({ email: `${tag}@example.com`, name: "Maya", createdAt: now })
    .returning();
  const author = { kind: "system" as const, id: "system:release", name: "release" };
  const [revision] = await ctx.db
    .insert(blueprintRevisions)
    .values({
      blueprintName: wish.blueprint.name,
      digest: tag,
      source: "",
      files: wish.files ?? {},
      document: wish.blueprint,
      state: "reviewed",
      author,
      createdAt: now,
    })
    .returning();
  const agent = wish.agent ?? "local";
  const id = randomUUID();
  await ctx.db.insert(environments).values({
    id,
    spaceId: space!.id,
    name: "Trial of Maya",
    ownerId: owner!.id,
    requestedBy: author,
    via: "ui",
    state: "launching",
    stateSince: now,
    blueprintName: wish.blueprint.name,
    revisionId: revision!.id,
    agent,
    simulated: agent === "simulator",
    inputs: wish.inputs ?? {},
    sealedInputs: wish.secrets
      ? seal(JSON.stringify(wish.secrets), environmentPlace({ id, spaceId: space!.id }, "sealed_inputs"))
      : null,
    createdAt: now,
  });
  return { environmentId: id, spaceId: space!.id };
}

/** Opens a run and claims the job it is done for. */
export async function queueRehearsal(
  ctx: Context,
  { environmentId, spaceId }: Rehearsed,
  kind: RunKind,
): Promise<{ runId: string; job: ClaimedJob }> {
  const { id: runId } = await openRun(ctx, { environmentId, spaceId, blueprintName: "trial", kind });
  const jobKind = kind === "terminate" ? "end_environment" : "launch_environment";
  const { id } = await enqueueJob(ctx, { kind: jobKind, payload: { environmentId, runId } });
  const job = await claimJob(ctx, { worker: "rehearsal", leaseSeconds: 60 });
  if (job?.id !== id) throw new Error("Another job was claimed.");
  return { runId, job };
}

/** Queues and performs a run, and says what it came to. */
export async function performRehearsal(
  ctx: Context,
  rehearsed: Rehearsed,
  kind: RunKind,
  more: Partial<RunRequest> = {},
): Promise<RunOutcome & { runId: string }> {
  const { runId, job } = await queueRehearsal(ctx, rehearsed, kind);
  const outcome = await performRun(ctx, {
    environmentId: rehearsed.environmentId,
    runId,
    lease: job.lease,
    signal: new AbortController().signal,
    finish: async () => {},
    ...more,
  });
  await finishJob(ctx, job.lease);
  if (!outcome) throw new Error("The run was over already.");
  return { ...outcome, runId };
}
