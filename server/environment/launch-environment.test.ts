import { and, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { approvalRequests } from "#db/schema/approval.ts";
import { auditEvents } from "#db/schema/audit.ts";
import { environments } from "#db/schema/environment.ts";
import { decisions } from "#db/schema/policy.ts";
import { jobs } from "#db/schema/run.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { launchEnvironment } from "./launch-environment.ts";
import { openPortal } from "./testing/portal.ts";

const database = openTestDatabase();

const jobsOf = (environmentId: string) =>
  database.db
    .select()
    .from(jobs)
    .where(eq(jobs.key, `environment:${environmentId}`));
const eventsOf = async (environmentId: string) =>
  (
    await database.db
      .select({ action: auditEvents.action })
      .from(auditEvents)
      .where(and(eq(auditEvents.objectType, "environment"), eq(auditEvents.objectId, environmentId)))
  ).map((row) => row.action);

describe("a launch that the policies approve", () => {
  test("is queued with its decision, its job and its events, all at once", async () => {
    const portal = await openPortal(database.db, { maya: ["member"] });
    const answer = await launchEnvironment(await portal.as("maya"), portal.launchOf());
    expect(answer).toMatchObject({ word: "Approved", state: "queued", approvalRequestId: null });
    const [row] = await database.db.select().from(environments).where(eq(environments.id, answer.environmentId));
    expect(row).toMatchObject({
      ownerId: portal.idOf("maya"),
      decisionId: answer.decisionId,
      inputs: { region: "eu-central-1", size: "small" },
    });
    expect(row?.endsAt).toEqual(new Date("2026-03-02T11:00:00Z"));
    expect(Number(row?.hourlyCost)).toBeCloseTo(0.05, 6);
    expect(await jobsOf(answer.environmentId)).toMatchObject([{ kind: "launch_environment", state: "ready" }]);
    expect(await eventsOf(answer.environmentId)).toEqual([
      "environment.requested",
      "decision.made",
      "environment.moved",
    ]);
  });

  test("keeps sensitive inputs out of every row, event and decision", async () => {
    const portal = await openPortal(database.db, { maya: ["member"] });
    const secret = "correct-horse-battery-staple";
    const { environmentId } = await launchEnvironment(
      await portal.as("maya"),
      portal.launchOf({ inputs: { token: secret } }),
    );
    const tables = [
      await database.db.select().from(environments).where(eq(environments.id, environmentId)),
      await database.db.select().from(decisions).where(eq(decisions.environmentId, environmentId)),
      await database.db.select().from(auditEvents),
      await jobsOf(environmentId),
    ];
    expect(JSON.stringify(tables)).not.toContain(secret);
    expect(tables[0]).toMatchObject([{ sealedInputs: expect.stringMatching(/^g1\./) }]);
  });

  test("answers a repeat of the same key with the same environment, and refuses another request under it", async () => {
    const portal = await openPortal(database.db, { maya: ["member"] });
    const input = portal.launchOf();
    const maya = await portal.as("maya");
    const [first, again] = await Promise.all([launchEnvironment(maya, input), launchEnvironment(maya, input)]);
    expect(again).toEqual(first);
    await expect(launchEnvironment(maya, { ...input, name: "another" })).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("a launch that needs people", () => {
  test("waits with an open request and no job", async () => {
    const portal = await openPortal(database.db, { maya: ["member"], ari: ["approver"] });
    const answer = await launchEnvironment(await portal.as("maya"), portal.launchOf({ durationMinutes: 1000 }));
    expect(answer).toMatchObject({ word: "Manual", state: "awaiting_approval" });
    expect(await jobsOf(answer.environmentId)).toEqual([]);
    const [request] = await database.db
      .select()
      .from(approvalRequests)
      .where(eq(approvalRequests.environmentId, answer.environmentId));
    expect(request).toMatchObject({ state: "open", barredIds: [portal.idOf("maya")], requiredApprovals: 1 });
  });
});

describe("a launch that is denied", () => {
  test("keeps its record and names policy, field, limit and what would pass", async () => {
    const portal = await openPortal(database.db, { maya: ["member"] });
    const answer = await launchEnvironment(
      await portal.as("maya"),
      portal.launchOf({ inputs: { region: "us-east-1" } }),
    );
    expect(answer).toMatchObject({ word: "Denied", state: "denied" });
    const [decision] = await database.db.select().from(decisions).where(eq(decisions.id, answer.decisionId));
    expect(decision?.verdicts[0]).toMatchObject({
      policy: "allowed-regions",
      field: "inputs.region",
      limit: { path: "data.allowed_regions" },
      allowed: expect.arrayContaining(["eu-central-1"]),
      facts: expect.arrayContaining([{ path: "input.gantry.slots.region[0].value", value: "us-east-1" }]),
    });
    expect(await jobsOf(answer.environmentId)).toEqual([]);
  });
});

describe("what leaves no trace", () => {
  test.each([
    ["a stranger", "eve", {}, "not_found"],
    ["an auditor", "audrey", {}, "forbidden"],
    ["an unknown input", "maya", { inputs: { nonsense: "x" } }, "bad_input"],
    ["no name", "maya", { name: " " }, "bad_input"],
    ["an unknown blueprint", "maya", { blueprintName: "none" }, "not_found"],
  ] as const)("%s", async (_what, who, more, code) => {
    const portal = await openPortal(database.db, { maya: ["member"], audrey: ["auditor"], eve: [] });
    await expect(launchEnvironment(await portal.as(who), portal.launchOf(more))).rejects.toMatchObject({ code });
    expect(await database.db.select().from(environments).where(eq(environments.spaceId, portal.spaceId))).toEqual([]);
  });
});

test("of many launches at once by one owner, exactly as many pass as the policy allows", async () => {
  const portal = await openPortal(database.db, { maya: ["member"] });
  const maya = await portal.as("maya");
  const answers = await Promise.all(Array.from({ length: 24 }, () => launchEnvironment(maya, portal.launchOf())));
  expect(answers.filter((answer) => answer.word === "Approved")).toHaveLength(5);
  expect(answers.filter((answer) => answer.word === "Denied")).toHaveLength(19);
});
