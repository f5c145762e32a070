import { desc, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { approvalRequests, approvalVotes } from "#db/schema/approval.ts";
import { environments } from "#db/schema/environment.ts";
import { jobs } from "#db/schema/run.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { changePolicy } from "#server/policy/policy-settings.ts";
import { expireApprovals } from "./expire-environments.ts";
import { launchEnvironment } from "./launch-environment.ts";
import { openPortal, type Portal } from "./testing/portal.ts";
import { voteOnApproval } from "./vote-on-approval.ts";
import { withdrawRequest } from "./withdraw-request.ts";

const database = openTestDatabase();

async function requestOf(environmentId: string) {
  const [row] = await database.db
    .select()
    .from(approvalRequests)
    .where(eq(approvalRequests.environmentId, environmentId))
    .orderBy(desc(approvalRequests.createdAt))
    .limit(1);
  if (!row) throw new Error("No request is there.");
  return row;
}

async function environmentOf(id: string) {
  const [row] = await database.db.select().from(environments).where(eq(environments.id, id));
  if (!row) throw new Error("No environment is there.");
  return row;
}

const jobsOf = (environmentId: string) =>
  database.db
    .select()
    .from(jobs)
    .where(eq(jobs.key, `environment:${environmentId}`));

/** A launch of 1000 minutes, more than passes without approval. */
async function openWaiting(more: Record<string, readonly ("member" | "approver" | "admin" | "policy_admin")[]> = {}) {
  const portal = await openPortal(database.db, {
    maya: ["member", "approver"],
    ari: ["approver"],
    sam: ["admin"],
    priya: ["policy_admin"],
    ...more,
  });
  const { environmentId } = await launchEnvironment(
    await portal.as("maya"),
    portal.launchOf({ durationMinutes: 1000 }),
  );
  return { portal, environmentId, request: await requestOf(environmentId) };
}

async function vote(
  portal: Portal,
  name: string,
  request: { id: string; planHash: string },
  more: { vote?: "approve" | "reject"; reason?: string; planHash?: string } = {},
) {
  return voteOnApproval(await portal.as(name), {
    requestId: request.id,
    vote: "approve",
    planHash: request.planHash,
    reason: "",
    ...more,
  });
}

test("the requester does not approve, though an approver", async () => {
  const { portal, environmentId, request } = await openWaiting();
  await expect(vote(portal, "maya", request)).rejects.toMatchObject({
    code: "forbidden",
    message: expect.stringContaining("You asked for this"),
  });
  expect(await environmentOf(environmentId)).toMatchObject({ state: "awaiting_approval" });
  expect(await database.db.select().from(approvalVotes).where(eq(approvalVotes.requestId, request.id))).toEqual([]);
});

test("another person's approval queues exactly what was asked for, and its time counts from then", async () => {
  const { portal, environmentId, request } = await openWaiting();
  portal.clock.pass(90);
  expect(await vote(portal, "ari", request)).toMatchObject({ state: "approved" });
  const environment = await environmentOf(environmentId);
  expect(environment).toMatchObject({ state: "queued", planHash: request.planHash });
  expect(environment.endsAt).toEqual(new Date(portal.clock.at + 1000 * 60_000));
  expect(await jobsOf(environmentId)).toMatchObject([{ kind: "launch_environment" }]);
});

test("a rejection needs a reason and ends it", async () => {
  const { portal, environmentId, request } = await openWaiting();
  await expect(vote(portal, "ari", request, { vote: "reject" })).rejects.toMatchObject({ code: "bad_input" });
  await vote(portal, "ari", request, { vote: "reject", reason: "Use a shorter time." });
  expect(await environmentOf(environmentId)).toMatchObject({ state: "rejected", stateReason: "Use a shorter time." });
  expect(await jobsOf(environmentId)).toEqual([]);
});

test("an approval of a plan that is not the request's is refused", async () => {
  const { portal, request } = await openWaiting();
  await expect(vote(portal, "ari", request, { planHash: "0".repeat(64) })).rejects.toMatchObject({ code: "conflict" });
});

describe("when limits change after the request", () => {
  const change = async (portal: Portal, data: Record<string, unknown>) =>
    changePolicy(await portal.as("priya"), {
      spaceId: portal.spaceId,
      policyName: "maximum-duration",
      data,
      reason: "a new limit",
      version: 0,
    });

  test("its approval is void, says why, and people are asked about the new plan", async () => {
    const { portal, environmentId, request } = await openWaiting();
    await change(portal, { approval_minutes: 480, max_minutes: 2000 });
    const answer = await vote(portal, "ari", request);
    expect(answer).toMatchObject({
      state: "superseded",
      sentence: expect.stringContaining("the policies or their limits"),
    });
    const next = await requestOf(environmentId);
    expect(next).toMatchObject({ state: "open" });
    expect(next.planHash).not.toBe(request.planHash);
    expect(await jobsOf(environmentId)).toEqual([]);
    const [old] = await database.db.select().from(approvalRequests).where(eq(approvalRequests.id, request.id));
    expect(old, "the old request leads to the new one").toMatchObject({ supersededById: next.id });
    expect(next.requestedBy, "the requester still asks, not whoever voted").toMatchObject({ name: "maya" });
    expect(await vote(portal, "ari", next)).toMatchObject({ state: "approved" });
  });

  test("and would now deny it, it is denied", async () => {
    const { portal, environmentId, request } = await openWaiting();
    await change(portal, { approval_minutes: 60, max_minutes: 120 });
    expect(await vote(portal, "ari", request)).toMatchObject({ state: "superseded" });
    expect(await environmentOf(environmentId)).toMatchObject({ state: "denied" });
    expect(await jobsOf(environmentId)).toEqual([]);
  });
});

test("two who decide at once: one wins, the other is told", async () => {
  const { portal, environmentId, request } = await openWaiting();
  const outcomes = await Promise.allSettled([
    vote(portal, "ari", request),
    vote(portal, "sam", request, { vote: "reject", reason: "Not now." }),
  ]);
  expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
  const { state } = await environmentOf(environmentId);
  expect(await jobsOf(environmentId)).toHaveLength(state === "queued" ? 1 : 0);
});

test("nobody's decision in time lets it expire", async () => {
  const { portal, environmentId, request } = await openWaiting();
  portal.clock.pass(72 * 60 - 1);
  await expireApprovals(portal.system);
  expect(await environmentOf(environmentId)).toMatchObject({ state: "awaiting_approval" });
  portal.clock.pass(1);
  await expireApprovals(portal.system);
  expect(await environmentOf(environmentId)).toMatchObject({ state: "rejected" });
  await expect(vote(portal, "ari", request)).rejects.toMatchObject({ code: "conflict" });
});

test("the requester takes it back", async () => {
  const { portal, environmentId, request } = await openWaiting();
  await withdrawRequest(await portal.as("maya"), { environmentId, action: "launch" });
  expect(await environmentOf(environmentId)).toMatchObject({ state: "withdrawn" });
  expect(await requestOf(environmentId)).toMatchObject({ id: request.id, state: "withdrawn" });
});
