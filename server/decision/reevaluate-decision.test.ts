import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { environments } from "#db/schema/environment.ts";
import { decisions, policySources } from "#db/schema/policy.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { systemActor } from "#server/actor.ts";
import { digestOf } from "#server/canonical-json.ts";
import { type Context, createContext, inTransaction } from "#server/context.ts";
import { bundledPolicies } from "#server/policy/load-policies.ts";
import { insertSpace } from "#server/space/space.ts";
import { askPolicies, usedPolicies } from "./decide.ts";
import { findJudgedDocument } from "./judged-document.ts";
import { type environmentInput, planInput } from "./policy-input.ts";
import { reevaluateDecision } from "./reevaluate-decision.ts";
import { storeDecision } from "./store-decision.ts";

const database = openTestDatabase();
const now = new Date("2026-03-02T09:00:00Z");
const clock = { now: () => now, sleep: async () => {} };

const document = {
  duration_minutes: 20_000,
  space_name: "Trials",
  user_email: "maya@trial.example",
  gantry: { time: { now: now.toISOString(), time_zone: "UTC" } },
} as unknown as ReturnType<typeof environmentInput>;

const plan = {
  resource_changes: [
    {
      address: "aws_db_instance.a",
      type: "aws_db_instance",
      change: { actions: ["create"], after: { publicly_accessible: true } },
    },
  ],
};

function uses(name: string, data: Record<string, unknown>) {
  return { policy: bundledPolicies().get(name)!, setting: { enabled: true, data, version: 3 } };
}

/** A decision as the gate stores it: one policy on the request, one on the plan of the grain `db`. */
async function decided(action: "launch" | "plan") {
  const ctx = createContext({ db: database.db, clock, actor: systemActor("command"), via: "command" });
  const space = await inTransaction(ctx, (tx) =>
    insertSpace(tx, { slug: `s-${randomUUID().slice(0, 8)}`, name: "Trials", timeZone: "UTC" }),
  );
  const duration = uses("maximum-duration", { max_minutes: 600, approval_minutes: 500 });
  const databases = uses("aws-databases", {});
  const onRequest = await askPolicies([duration], document, now);
  const onPlan = (await askPolicies([databases], planInput(plan, document), now)).map((verdict) => ({
    ...verdict,
    grain: "db",
  }));
  const environmentId = randomUUID();
  const stored = await inTransaction(ctx, (tx) =>
    storeDecision(
      tx,
      {
        word: "Denied",
        sentence: "Denied.",
        requiredApprovals: 0,
        warnings: [],
        verdicts: action === "launch" ? [...onRequest, ...onPlan] : onPlan,
        planHash: "h",
        parts: { plan: digestOf({ db: plan }) },
        inputs: { environment: document, ...(action === "plan" && { "plan:db": plan }) },
        policies: usedPolicies([duration, databases]),
        engine: "gantry-rego/1",
        timing: {},
      },
      { spaceId: space.id, action, environment: { id: environmentId, name: "trial" } },
    ),
  );
  if (action === "launch") await insertEnvironment(ctx, { environmentId, spaceId: space.id });
  return { ctx, decisionId: stored.id, environmentId };
}

async function insertEnvironment(ctx: Context, { environmentId, spaceId }: { environmentId: string; spaceId: string }) {
  await ctx.db.insert(environments).values({
    id: environmentId,
    spaceId,
    name: "trial",
    ownerId: randomUUID(),
    requestedBy: { kind: "system", id: "command", name: "command" },
    via: "command",
    state: "denied",
    stateSince: now,
    blueprintName: "trial",
    revisionId: randomUUID(),
    agent: "simulator",
    simulated: true,
    inputs: {},
    evidence: {},
    plan: { db: plan },
    createdAt: now,
  });
}

describe("a stored decision, asked again", () => {
  test.each(["launch", "plan"] as const)("of a %s comes to the same verdicts, bit for bit", async (action) => {
    const { ctx, decisionId } = await decided(action);
    const again = await reevaluateDecision(ctx, { decisionId });
    expect(again).toMatchObject({ isSame: true, word: { stored: "Denied", now: "Denied" } });
    expect(again.verdicts.map(({ policy, isSame }) => [policy, isSame])).toEqual(
      action === "launch"
        ? [
            ["maximum-duration", true],
            ["aws-databases", true],
          ]
        : [["aws-databases", true]],
    );
    for (const { stored, now: same } of again.verdicts) expect(same).toEqual(stored);
  });

  test("uses the limits of that time, and names a verdict that is another now", async () => {
    const { ctx, decisionId } = await decided("launch");
    const [row] = await ctx.db.select().from(decisions).where(eq(decisions.id, decisionId));
    const policies = row!.policies as Record<string, object>;
    const looser = {
      ...policies,
      "maximum-duration": { ...policies["maximum-duration"], data: { max_minutes: 90_000, approval_minutes: 80_000 } },
    };
    await ctx.db.update(decisions).set({ policies: looser }).where(eq(decisions.id, decisionId));
    const again = await reevaluateDecision(ctx, { decisionId });
    expect(again.isSame).toBe(false);
    expect(again.verdicts[0]).toMatchObject({ isSame: false, stored: { word: "Denied" }, now: { word: "Approved" } });
    expect(again.verdicts[1]).toMatchObject({ isSame: true });
  });

  test("says where a source or a plan is gone instead of guessing", async () => {
    const { ctx, decisionId, environmentId } = await decided("launch");
    await ctx.db
      .update(environments)
      .set({ plan: { db: { resource_changes: [] } } })
      .where(eq(environments.id, environmentId));
    const digest = bundledPolicies().get("maximum-duration")!.digest;
    const [source] = await ctx.db.delete(policySources).where(eq(policySources.digest, digest)).returning();
    const again = await reevaluateDecision(ctx, { decisionId });
    await ctx.db.insert(policySources).values(source!);
    expect(again).toMatchObject({ isSame: false, word: { stored: "Denied", now: null } });
    expect(again.verdicts.map(({ note }) => note)).toEqual([
      "The policy's source is not kept.",
      "The plan it judged is no longer kept.",
    ]);
  });

  test("is no business of strangers", async () => {
    const { decisionId } = await decided("plan");
    const actor = {
      kind: "person",
      id: randomUUID(),
      email: "x@y.example",
      name: "X",
      groups: [],
      roles: {},
      isAccountAdmin: false,
    };
    const stranger = createContext({ db: database.db, clock, actor: actor as unknown as Context["actor"], via: "ui" });
    await expect(reevaluateDecision(stranger, { decisionId })).rejects.toMatchObject({ code: "not_found" });
    await expect(reevaluateDecision(stranger, { decisionId: randomUUID() })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("what a policy was asked about", () => {
  test("is the document and the limits of that time, to try a change on", async () => {
    const { ctx, decisionId } = await decided("launch");
    const [row] = await ctx.db.select().from(decisions).where(eq(decisions.id, decisionId));
    const asked = await findJudgedDocument(ctx, { decisionId, policyName: "maximum-duration" });
    expect(asked.input).toEqual(row!.inputs.environment);
    expect(asked.data).toHaveProperty("max_minutes");
    const planned = await findJudgedDocument(ctx, { decisionId, policyName: "aws-databases", grain: "db" });
    expect(planned.input).toHaveProperty("resource_changes");
  });

  test("is not guessed where the plan is gone", async () => {
    const { ctx, decisionId } = await decided("launch");
    const unknown = { decisionId, policyName: "aws-databases", grain: "other" };
    await expect(findJudgedDocument(ctx, unknown)).rejects.toMatchObject({ code: "not_found" });
  });
});
