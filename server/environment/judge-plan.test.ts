import { and, asc, desc, eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { approvalRequests } from "#db/schema/approval.ts";
import { auditEvents } from "#db/schema/audit.ts";
import { environments, environmentTransitions, resources } from "#db/schema/environment.ts";
import { decisions } from "#db/schema/policy.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { showApproval } from "#server/approval/show-approval.ts";
import { config } from "#server/config.ts";
import { reevaluateDecision } from "#server/decision/reevaluate-decision.ts";
import type { Plan } from "#server/plan/plan.ts";
import { changePolicy } from "#server/policy/policy-settings.ts";
import type { Verdict } from "#server/policy/verdict.ts";
import { workOff } from "#server/worker/testing/work-off.ts";
import { previewExtension } from "./extend-environment.ts";
import { judgePlan } from "./judge-plan.ts";
import { launchEnvironment } from "./launch-environment.ts";
import { terminateEnvironment } from "./terminate-environment.ts";
import { openPortal, type Portal } from "./testing/portal.ts";
import { voteOnApproval } from "./vote-on-approval.ts";

const database = openTestDatabase();
beforeEach(() => {
  vi.spyOn(config(), "GANTRY_SIMULATOR_SPEED", "get").mockReturnValue(0);
});
afterEach(() => vi.restoreAllMocks());

const blueprint = `spec_version: 2
description: A disk whose size another grain decides.
metadata:
  gantry: { title: Disk, agent: simulator, duration: { default: 2h } }
inputs:
  grade: { type: string, default: small }
  fixed_gb: { type: string, default: "10" }
grains:
  sizing:
    kind: terraform
    spec:
      source: { path: sizing }
      inputs: [{ grade: "{{ .inputs.grade }}" }]
      outputs: [gigabytes]
  disk:
    kind: terraform
    depends-on: sizing
    spec:
      source: { path: disk }
      inputs: [{ gigabytes: "{{ .grains.sizing.outputs.gigabytes }}" }, { fixed: "{{ .inputs.fixed_gb }}" }]
`;
const sizing = `
variable "grade" { type = string }
resource "terraform_data" "grade" { input = var.grade }
output "gigabytes" { value = var.grade == "huge" ? 10000 : 20 }`;
const disk = `
variable "gigabytes" { type = number }
variable "fixed" { type = number }
provider "aws" {
  region = "eu-central-1"
  default_tags { tags = { owner = "maya", cost-center = "cc-1" } }
}
resource "aws_ebs_volume" "decided" {
  availability_zone = "eu-central-1a"
  type              = "gp3"
  size              = var.gigabytes
  encrypted         = true
}
resource "aws_ebs_volume" "fixed" {
  availability_zone = "eu-central-1a"
  type              = "gp3"
  size              = var.fixed
  encrypted         = true
}`;

type Limits = { approval_above: number; deny_above: number };

async function launch(inputs: Record<string, string>, limits: Limits, source = blueprint) {
  const folder = { "blueprint.yaml": source, "sizing/main.tf": sizing, "disk/main.tf": disk };
  const portal = await openPortal(database.db, { maya: ["member"], ari: ["approver"], ada: ["policy_admin"] }, folder);
  const { spaceId } = portal;
  const change = { spaceId, policyName: "monthly-cost", version: 0, data: limits, reason: "A trial." };
  await changePolicy(await portal.as("ada"), change);
  const answer = await launchEnvironment(await portal.as("maya"), { ...portal.launchOf(), inputs });
  return { portal, answer, environmentId: answer.environmentId };
}

async function find(environmentId: string) {
  const [row] = await database.db.select().from(environments).where(eq(environments.id, environmentId));
  if (!row) throw new Error("The environment is gone.");
  return row;
}

const repricings = (environmentId: string) =>
  database.db
    .select({ data: auditEvents.data })
    .from(auditEvents)
    .where(and(eq(auditEvents.objectId, environmentId), eq(auditEvents.action, "environment.repriced")));

const realPlans = (environmentId: string) =>
  database.db
    .select()
    .from(decisions)
    .where(and(eq(decisions.environmentId, environmentId), eq(decisions.action, "plan")))
    .orderBy(asc(decisions.createdAt));

async function requestOf(environmentId: string) {
  const [request] = await database.db
    .select()
    .from(approvalRequests)
    .where(eq(approvalRequests.environmentId, environmentId))
    .orderBy(desc(approvalRequests.createdAt));
  if (!request) throw new Error("Nobody was asked.");
  return request;
}

type Choice = { name: string; vote: "approve" | "reject" };

async function vote(portal: Portal, environmentId: string, { name, vote }: Choice) {
  const { id: requestId, planHash } = await requestOf(environmentId);
  return voteOnApproval(await portal.as(name), { requestId, vote, planHash, reason: "A trial." });
}
const approve = (portal: Portal, environmentId: string, name = "ari") =>
  vote(portal, environmentId, { name, vote: "approve" });

describe("a real plan is priced", { timeout: 120_000 }, () => {
  test("within the limits the environment costs from then on what its real plan says", async () => {
    const { portal, answer, environmentId } = await launch({}, { approval_above: 300, deny_above: 3000 });
    expect(answer.word).toBe("Approved");
    const foreseen = Number((await find(environmentId)).monthlyEstimate);

    await workOff(portal.system);

    const row = await find(environmentId);
    expect(row.state).toBe("active");
    // 20 GB that nobody knew of, beside the 10 foreseen.
    expect(Number(row.monthlyEstimate)).toBeCloseTo(foreseen * 3, 5);
    expect(await repricings(environmentId)).toMatchObject([{ data: { grain: "disk", after: row.monthlyEstimate } }]);
    const [active] = await database.db
      .select()
      .from(environmentTransitions)
      .where(
        and(eq(environmentTransitions.environmentId, environmentId), eq(environmentTransitions.toState, "active")),
      );
    expect(Number(active?.hourlyCost)).toBeCloseTo(Number(row.monthlyEstimate) / 730, 5);

    const endsAt = new Date(portal.clock.at + 4 * 3_600_000);
    const { inputs } = await previewExtension(await portal.as("maya"), { environmentId, endsAt });
    expect(inputs.environment).toMatchObject({ gantry: { estimate: { monthly: Number(row.monthlyEstimate) } } });
  });

  test("above the limit the run stops before apply, and says what was judged and what it comes to", async () => {
    const { portal, answer, environmentId } = await launch({ grade: "huge" }, { approval_above: 300, deny_above: 500 });
    expect(answer.word).toBe("Approved");

    await workOff(portal.system);

    expect(await find(environmentId)).toMatchObject({ state: "launch_failed", activeAt: null });
    const stopped = (await realPlans(environmentId)).at(-1);
    expect(stopped).toMatchObject({ word: "Denied", sentence: expect.stringContaining("500 USD is the most") });
    const verdict = ((stopped?.verdicts ?? []) as Verdict[]).find(({ word }) => word === "Denied");
    expect(verdict?.policy).toBe("monthly-cost");
    expect(verdict?.hint).toMatch(/It was judged at \d+\.\d\d USD a month; the real plan comes to \d+\.\d\d USD/);
    expect(await repricings(environmentId)).toEqual([]);
    const made = await database.db.select().from(resources).where(eq(resources.environmentId, environmentId));
    expect(made.map(({ address }) => address)).toEqual(["terraform_data.grade"]);

    const again = await reevaluateDecision(await portal.as("ada"), { decisionId: stopped?.id ?? "" });
    expect(again).toMatchObject({ isSame: true, word: { stored: "Denied", now: "Denied" } });
  });

  test("what people approved with an open end goes on, since they were told that more may come", async () => {
    const { portal, answer, environmentId } = await launch(
      { grade: "huge", fixed_gb: "5000" },
      { approval_above: 300, deny_above: 9000 },
    );
    expect(answer.word).toBe("Manual");
    await approve(portal, environmentId);

    await workOff(portal.system);

    expect(await find(environmentId)).toMatchObject({ state: "active" });
  });

  test("what people approved at a known cost stops where the real plan certainly costs more", async () => {
    const known = blueprint.replace('"{{ .grains.sizing.outputs.gigabytes }}"', '"20"');
    const limits = { approval_above: 300, deny_above: 9000 };
    const { portal, answer, environmentId } = await launch({ fixed_gb: "5000" }, limits, known);
    expect(answer.word).toBe("Manual");
    await approve(portal, environmentId);
    const { disk } = (await find(environmentId)).plan as Record<string, Plan>;
    const planOf = (gigabytes: number) =>
      JSON.parse(JSON.stringify(disk).replaceAll("5000", String(gigabytes))) as Plan;

    portal.clock.pass(1);
    const dearer = await judgePlan(portal.system, environmentId, { grain: "disk", plan: planOf(5001) });
    expect(dearer).toMatchObject({ allowed: false, reason: expect.stringContaining("without approval") });
    const asked = await requestOf(environmentId);
    portal.clock.pass(1);
    await judgePlan(portal.system, environmentId, { grain: "disk", plan: planOf(5002) });
    const [older] = await database.db.select().from(approvalRequests).where(eq(approvalRequests.id, asked.id));
    expect(older).toMatchObject({ state: "superseded", supersededById: (await requestOf(environmentId)).id });
    const cheaper = await judgePlan(portal.system, environmentId, { grain: "disk", plan: planOf(4999) });
    expect(cheaper).toEqual({ allowed: true });
    expect((await repricings(environmentId)).map(({ data }) => Number((data as { after: string }).after))).toEqual([
      expect.closeTo(5021 * 0.0952, 3),
      expect.closeTo(5022 * 0.0952, 3),
      expect.closeTo(5019 * 0.0952, 3),
    ]);
  });

  test("a cost that needs approval has people asked, and the launch goes on when they agree", async () => {
    const limits = { approval_above: 300, deny_above: 3000 };
    const { portal, answer, environmentId } = await launch({ grade: "huge" }, limits);
    expect(answer.word).toBe("Approved");
    await workOff(portal.system);
    const stopped = await find(environmentId);
    expect(stopped).toMatchObject({ state: "launch_failed", stateReason: expect.stringContaining("have been asked") });
    const request = await requestOf(environmentId);
    expect(request).toMatchObject({ action: "plan", state: "open", requestedBy: { name: "maya" } });

    const shown = await showApproval(await portal.as("ari"), { id: request.id });
    expect(JSON.stringify(shown.environment.plan)).toContain("10000");
    expect(Number(shown.environment.monthlyEstimate)).toBeGreaterThan(900);
    await expect(approve(portal, environmentId, "maya")).rejects.toThrow("You asked for this");

    await approve(portal, environmentId);
    await workOff(portal.system);

    expect(await find(environmentId)).toMatchObject({ state: "active", monthlyEstimate: stopped.monthlyEstimate });
  });

  test("a rejected cost leaves the launch where it stopped, and so does an environment that ended meanwhile", async () => {
    const limits = { approval_above: 300, deny_above: 3000 };
    const first = await launch({ grade: "huge" }, limits);
    await workOff(first.portal.system);
    await vote(first.portal, first.environmentId, { name: "ari", vote: "reject" });
    await workOff(first.portal.system);
    expect(await find(first.environmentId)).toMatchObject({ state: "launch_failed" });
    expect((await requestOf(first.environmentId)).state).toBe("rejected");

    const second = await launch({ grade: "huge" }, limits);
    await workOff(second.portal.system);
    await terminateEnvironment(await second.portal.as("maya"), { environmentId: second.environmentId, reason: "" });
    await workOff(second.portal.system);
    expect(await approve(second.portal, second.environmentId)).toMatchObject({ state: "superseded" });
    expect(await find(second.environmentId)).toMatchObject({ state: "ended" });
  });
});
