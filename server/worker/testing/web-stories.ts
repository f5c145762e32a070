import { randomUUID } from "node:crypto";
import { and, desc, eq } from "drizzle-orm";
import { approvalRequests } from "#db/schema/approval.ts";
import type { EnvironmentState } from "#db/schema/environment.ts";
import { injectDrift } from "#server/agent/simulator/inject-drift.ts";
import type { CrashPoint } from "#server/crashpoint.ts";
import { enqueueJob } from "#server/job/enqueue-job.ts";
import { launchInput, type WebRequest, type WebStage } from "./web-stage.ts";

export type WebStory = {
  points: readonly CrashPoint[];
  /** Leads up to the request; the environment it is about, where there is one yet. */
  arrange(stage: WebStage): Promise<WebRequest & { environmentId?: string }>;
  /** State once the worker did its part. */
  becomes: EnvironmentState;
};

const minute = 60_000;
const hoursFromNow = (hours: number) => new Date(Date.now() + hours * 60 * minute).toISOString();

async function launched(
  stage: WebStage,
  blueprint: string,
  more?: Parameters<typeof launchInput>[1],
): Promise<{ environmentId: string }> {
  const input = launchInput(blueprint, more);
  const { data } = await stage.ask({ who: "maya", procedure: "environment.launch", input });
  return { environmentId: String(data.environmentId) };
}

async function worked(stage: WebStage, blueprint: string, more?: Parameters<typeof launchInput>[1]) {
  const { environmentId } = await launched(stage, blueprint, more);
  await stage.work();
  return { environmentId };
}

const byMaya = (procedure: string, input: Record<string, unknown>): WebRequest => ({ who: "maya", procedure, input });
const about = async (request: WebRequest, { environmentId }: { environmentId: string }) => ({
  ...request,
  input: { environmentId, idempotencyKey: randomUUID(), ...request.input },
  environmentId,
});

async function draftOf(stage: WebStage, blueprintName: string): Promise<WebRequest> {
  const { space, name, inputs, durationMinutes, idempotencyKey } = launchInput(blueprintName);
  const changes = { blueprintName, name, inputs, durationMinutes };
  const { data } = await stage.ask(byMaya("draft.create", { space, changes }));
  return byMaya("draft.launch", { id: data.id, version: data.version, idempotencyKey });
}

/** A vote on what waits for people at an environment. */
async function voteOn(
  stage: WebStage,
  { environmentId }: { environmentId: string },
  { who = "ari", vote = "approve" }: { who?: WebRequest["who"]; vote?: string } = {},
) {
  const open = and(eq(approvalRequests.environmentId, environmentId), eq(approvalRequests.state, "open"));
  const [row] = await stage.ctx().db.select().from(approvalRequests).where(open).orderBy(desc(approvalRequests.id));
  const reason = vote === "reject" ? "Not this week." : "";
  const input = { requestId: row?.id, planHash: row?.planHash, vote, reason };
  return { who, procedure: "approval.vote", input, environmentId };
}

async function extension(stage: WebStage, hours: number) {
  const { environmentId } = await worked(stage, "trial");
  const input = { endsAt: hoursFromNow(hours), idempotencyKey: `extend ${environmentId}` };
  return about(byMaya("environment.extend", input), { environmentId });
}

/** One that waits for people. */
async function openExtension(stage: WebStage): Promise<{ environmentId: string }> {
  const request = await extension(stage, 20);
  await stage.ask(request);
  return request;
}

async function drifted(stage: WebStage): Promise<{ environmentId: string }> {
  const { environmentId } = await worked(stage, "aws-workstation");
  await injectDrift(stage.ctx(), { environmentId });
  await enqueueJob(stage.ctx(), { kind: "check_drift", payload: { environmentId } });
  await stage.work();
  return { environmentId };
}

async function left(stage: WebStage): Promise<{ environmentId: string }> {
  const there = await worked(stage, "trial", { inputs: { simulate_failure: "destroy:*:1" } });
  await stage.ask(await about(byMaya("environment.terminate", {}), there));
  await stage.work();
  return there;
}

const production = { inputs: { stage: "production" } };
const long = { minutes: 600 };
const launchCommit = ["environment.launch-before-commit", "environment.launch-after-commit"] as const;
const launchPoints = [...launchCommit, "audit.before-append", "audit.after-append"] as const;
const votePoints = [
  "approval.vote-before-commit",
  "approval.settle-before-commit",
  "approval.settle-after-commit",
] as const;
const extendPoints = ["environment.extend-before-commit", "environment.extend-after-commit"] as const;
const withdrawPoints = ["environment.withdraw-before-commit", "environment.withdraw-after-commit"] as const;
const endPoints = ["environment.end-before-commit", "environment.end-after-commit"] as const;
const retryPoints = ["environment.retry-before-commit", "environment.retry-after-commit"] as const;
const forgetPoints = ["environment.forget-before-commit", "environment.forget-after-commit"] as const;
const restorePoints = ["environment.restore-before-commit", "environment.restore-after-commit"] as const;
const everyMove = ["environment.move-before-commit", "audit.before-append", "audit.after-append"] as const;

/** What people ask the web process for around a launch, an approval and an end. */
export const webStories = {
  "a launch from the form": {
    points: launchPoints,
    arrange: (stage) => draftOf(stage, "web-preview"),
    becomes: "active",
  },
  "a launch by a program": {
    points: launchPoints,
    arrange: async () => byMaya("environment.launch", launchInput("postgres-database")),
    becomes: "active",
  },
  "a launch that waits for people": {
    points: launchPoints,
    arrange: async () => byMaya("environment.launch", launchInput("trial", long)),
    becomes: "awaiting_approval",
  },
  "a launch that is denied": {
    points: launchCommit,
    arrange: async () => byMaya("environment.launch", launchInput("trial", { minutes: 30_000 })),
    becomes: "denied",
  },
  "the vote that approves a launch": {
    points: [...votePoints, ...everyMove],
    arrange: async (stage) => voteOn(stage, await launched(stage, "trial", long)),
    becomes: "active",
  },
  "the vote that rejects a launch": {
    points: [...votePoints, "environment.move-before-commit"],
    arrange: async (stage) => voteOn(stage, await launched(stage, "trial", long), { vote: "reject" }),
    becomes: "rejected",
  },
  "the first vote of two": {
    points: votePoints,
    arrange: async (stage) => voteOn(stage, await launched(stage, "trial", production)),
    becomes: "awaiting_approval",
  },
  "the second vote of two": {
    points: votePoints,
    arrange: async (stage) => {
      const there = await launched(stage, "trial", production);
      await stage.ask(await voteOn(stage, there));
      return voteOn(stage, there, { who: "sam" });
    },
    becomes: "active",
  },
  "an extension": {
    points: [...extendPoints, "audit.before-append", "audit.after-append"],
    arrange: (stage) => extension(stage, 2),
    becomes: "active",
  },
  "an extension that waits for people": {
    points: extendPoints,
    arrange: (stage) => extension(stage, 20),
    becomes: "active",
  },
  "the vote that approves an extension": {
    points: votePoints,
    arrange: async (stage) => voteOn(stage, await openExtension(stage)),
    becomes: "active",
  },
  "an extension taken back": {
    points: withdrawPoints,
    arrange: async (stage) => about(byMaya("environment.withdraw", { action: "extend" }), await openExtension(stage)),
    becomes: "active",
  },
  "a waiting launch taken back": {
    points: [...withdrawPoints, "environment.move-before-commit"],
    arrange: async (stage) => about(byMaya("environment.withdraw", {}), await launched(stage, "trial", long)),
    becomes: "withdrawn",
  },
  "a queued launch taken back": {
    points: withdrawPoints,
    arrange: async (stage) => about(byMaya("environment.withdraw", {}), await launched(stage, "web-preview")),
    becomes: "withdrawn",
  },
  "the end of a web preview": {
    points: [...endPoints, ...everyMove],
    arrange: async (stage) => about(byMaya("environment.terminate", {}), await worked(stage, "web-preview")),
    becomes: "ended",
  },
  "the end of a database server": {
    points: endPoints,
    arrange: async (stage) => about(byMaya("environment.terminate", {}), await worked(stage, "postgres-database")),
    becomes: "ended",
  },
  "a failed launch tried again": {
    points: retryPoints,
    arrange: async (stage) => {
      const failing = { inputs: { simulate_failure: "create:*:1" } };
      return about(byMaya("environment.retry", {}), await worked(stage, "trial", failing));
    },
    becomes: "active",
  },
  "leftovers tried again": {
    points: retryPoints,
    arrange: async (stage) => about(byMaya("environment.retry", {}), await left(stage)),
    becomes: "ended",
  },
  "leftovers forgotten": {
    points: forgetPoints,
    arrange: async (stage) => {
      const input = { reason: "The owner keeps them on purpose." };
      return about({ who: "sam", procedure: "environment.forget", input }, await left(stage));
    },
    becomes: "ended",
  },
  "drift brought back": {
    points: restorePoints,
    arrange: async (stage) => about(byMaya("environment.restoreDrift", {}), await drifted(stage)),
    becomes: "active",
  },
} satisfies Record<string, WebStory>;
