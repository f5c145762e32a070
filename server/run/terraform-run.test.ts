import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { asc, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { blueprintRevisions } from "#db/schema/blueprint.ts";
import { environments, resources } from "#db/schema/environment.ts";
import { jobs, logLines, runSteps, terraformLocks, terraformStates } from "#db/schema/run.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { config } from "#server/config.ts";
import { findTerraform } from "#server/grain/terraform/find-terraform.ts";
import { grainOf } from "#server/grain/testing/scripted-step.ts";
import type { Lease } from "#server/job/job.ts";
import type { Plan } from "#server/plan/plan.ts";
import { answerStateRequest } from "./terraform-door.ts";
import { readState } from "./terraform-state.ts";
import { blueprintOf, performRehearsal, queueRehearsal, rehearsalContext, rehearse } from "./testing/rehearsal.ts";

const database = openTestDatabase();
const ctx = () => rehearsalContext(database.db);
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "gantry-tf-"));
afterAll(() => fs.rmSync(dataDir, { recursive: true }));
beforeEach(() => {
  vi.spyOn(config(), "dataDir", "get").mockReturnValue(dataDir);
});
afterEach(() => vi.restoreAllMocks());

const cli = await findTerraform("terraform");
if (!cli) console.warn("Skipped: no terraform or tofu on the PATH; install one to run these tests.");

const module = `
variable "password" {
  type      = string
  sensitive = true
}
resource "terraform_data" "item" { input = "kept" }
resource "terraform_data" "secret" { input = var.password }
output "kept" { value = terraform_data.item.output }
output "password" {
  value     = var.password
  sensitive = true
}`;

async function launched() {
  const grain = grainOf("terraform", { inputs: { password: "{{ .inputs.password }}" } }, "infra");
  const blueprint = blueprintOf([grain], {
    outputs: [
      { name: "kept", value: "{{ .grains.infra.outputs.kept }}", kind: "regular", quick: true, sensitive: false },
    ],
  });
  const rehearsed = await rehearse(ctx(), { blueprint, secrets: { password: "correct-horse-battery" } });
  const [{ revisionId } = { revisionId: "" }] = await database.db
    .select({ revisionId: environments.revisionId })
    .from(environments)
    .where(eq(environments.id, rehearsed.environmentId));
  await database.db
    .update(blueprintRevisions)
    .set({ files: { "main.tf": module } })
    .where(eq(blueprintRevisions.id, revisionId));
  return rehearsed;
}

describe.skipIf(!cli)("a terraform grain of an environment", () => {
  test("keeps its state in the portal, sealed and versioned, through launch and terminate; no secret is left anywhere", async () => {
    const rehearsed = await launched();
    const owner = { environmentId: rehearsed.environmentId, grain: "infra" };
    const plans: Plan[] = [];
    const outcome = await performRehearsal(ctx(), rehearsed, "launch", {
      judgePlan: async (_, { plan }) => {
        plans.push(plan);
        return { allowed: true };
      },
    });
    expect(outcome).toMatchObject({ state: "succeeded", outputs: [{ name: "kept", value: "kept" }] });
    expect(plans[0]?.resource_changes.map(({ address }) => address).sort()).toEqual([
      "terraform_data.item",
      "terraform_data.secret",
    ]);
    expect(JSON.parse((await readState(ctx(), owner)) ?? "{}").resources).toHaveLength(2);
    const rows = await database.db.select().from(resources).where(eq(resources.environmentId, rehearsed.environmentId));
    expect(rows.map(({ state }) => state)).toEqual(["created", "created"]);
    const stored = JSON.stringify(
      await Promise.all(
        [logLines, auditEvents, runSteps, resources, terraformStates].map((table) => database.db.select().from(table)),
      ),
    );
    expect(`${stored}${JSON.stringify(plans)}`).not.toContain("correct-horse");
    const { stdout } = await promisify(execFile)("grep", ["-rl", "correct-horse", dataDir]).catch(() => ({
      stdout: "",
    }));
    expect(stdout).toBe("");
    expect(await performRehearsal(ctx(), rehearsed, "drift")).toMatchObject({
      state: "succeeded",
      drift: { state: "clean" },
    });
    expect(await performRehearsal(ctx(), rehearsed, "terminate")).toMatchObject({ state: "succeeded", leftovers: [] });
    const versions = await database.db.select().from(terraformStates).orderBy(asc(terraformStates.id));
    expect(versions.length).toBeGreaterThanOrEqual(2);
    expect(await database.db.select().from(terraformLocks)).toEqual([]);
    expect(fs.existsSync(path.join(dataDir, "work", rehearsed.environmentId, "infra"))).toBe(false);
  });

  test("is not applied when a policy denies the real plan", async () => {
    const rehearsed = await launched();
    const outcome = await performRehearsal(ctx(), rehearsed, "launch", {
      judgePlan: async () => ({ allowed: false, reason: "regions: mars is not allowed" }),
    });
    expect(outcome).toMatchObject({
      state: "failed",
      stoppedByPolicy: true,
      error: expect.stringContaining("mars is not allowed"),
    });
    expect(await readState(ctx(), { environmentId: rehearsed.environmentId, grain: "infra" })).toBeNull();
    expect(fs.existsSync(path.join(dataDir, "work", rehearsed.environmentId, "infra/control"))).toBe(false);
  });
});

describe("the state backend", () => {
  const state = (serial: number, lineage = "l1") => JSON.stringify({ version: 4, serial, lineage });
  async function open() {
    const rehearsed = await rehearse(ctx(), { blueprint: blueprintOf([]) });
    const owner = { environmentId: rehearsed.environmentId, grain: "infra" };
    const { job } = await queueRehearsal(ctx(), rehearsed, "launch");
    const ask = async (
      method: string,
      more: { lease?: Lease; body?: string; id?: string; environmentId?: string } = {},
    ) => {
      const lease = more.lease ?? job.lease;
      const authorization = `Basic ${Buffer.from(`${lease.jobId}:${lease.token}`).toString("base64")}`;
      const request = new Request(`http://gantry/state${more.id ? `?ID=${more.id}` : ""}`, {
        method,
        headers: { authorization },
        ...(more.body !== undefined && { body: more.body }),
      });
      const response = await answerStateRequest(
        ctx(),
        { ...owner, environmentId: more.environmentId ?? owner.environmentId },
        request,
      );
      return { status: response.status, text: await response.text() };
    };
    return { ask, job, owner };
  }

  test("one holds the lock, writes under it, and what is not locked can't be written", async () => {
    const { ask } = await open();
    expect((await ask("GET")).status).toBe(204);
    expect((await ask("POST", { body: state(1), id: "a" })).status).toBe(409);
    expect((await ask("LOCK", { body: JSON.stringify({ ID: "a", Who: "me" }) })).status).toBe(200);
    expect(await ask("LOCK", { body: JSON.stringify({ ID: "b" }) })).toMatchObject({
      status: 423,
      text: expect.stringContaining('"me"'),
    });
    expect((await ask("POST", { body: state(1), id: "b" })).status).toBe(409);
    expect((await ask("POST", { body: state(1), id: "a" })).status).toBe(200);
    expect((await ask("POST", { body: "rubbish", id: "a" })).status).toBe(400);
    expect((await ask("UNLOCK", { body: JSON.stringify({ ID: "a" }) })).status).toBe(200);
    expect(await ask("GET")).toEqual({ status: 200, text: state(1) });
  });

  test("a state of another lineage or an older serial never replaces the last one", async () => {
    const { ask } = await open();
    await ask("LOCK", { body: '{"ID":"a"}' });
    await ask("POST", { body: state(5), id: "a" });
    expect((await ask("POST", { body: state(6, "fork"), id: "a" })).status).toBe(409);
    expect((await ask("POST", { body: state(4), id: "a" })).status).toBe(409);
    expect((await ask("GET")).text).toBe(state(5));
  });

  test("strangers, other environments and runs whose lease was taken over are refused, and their lock is void", async () => {
    const { ask, job } = await open();
    const other = await open();
    await ask("LOCK", { body: '{"ID":"old"}' });
    expect((await ask("GET", { environmentId: other.owner.environmentId })).status).toBe(403);
    const heir = { jobId: job.id, token: "00000000-0000-4000-8000-00000000aaaa" };
    expect((await ask("GET", { lease: heir })).status).toBe(403);
    await database.db.update(jobs).set({ token: heir.token }).where(eq(jobs.id, job.id));
    expect((await ask("POST", { body: state(1), id: "old" })).status).toBe(403);
    expect((await ask("LOCK", { body: '{"ID":"new"}', lease: heir })).status).toBe(200);
    expect((await ask("POST", { body: state(1), id: "new", lease: heir })).status).toBe(200);
    const response = await answerStateRequest(ctx(), other.owner, new Request("http://gantry/state"));
    expect(response.status).toBe(401);
  });
});
