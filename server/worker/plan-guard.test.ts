import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { environments, resources } from "#db/schema/environment.ts";
import { decisions } from "#db/schema/policy.ts";
import { runSteps, terraformStates } from "#db/schema/run.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { launchEnvironment } from "#server/environment/launch-environment.ts";
import { showEnvironment } from "#server/environment/show-environment.ts";
import { openPortal } from "#server/environment/testing/portal.ts";
import { missingForEmulator, writeCliConfig } from "#server/grain/testing/aws-emulator.ts";
import { configure } from "#server/grain/testing/configure.ts";
import { changePolicy } from "#server/policy/policy-settings.ts";
import type { Verdict } from "#server/policy/verdict.ts";
import { workOff } from "./testing/work-off.ts";

const database = openTestDatabase();
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "gantry-guard-"));
afterAll(() => fs.rmSync(dataDir, { recursive: true, force: true }));
beforeEach(() => {
  configure({ dataDir, TF_CLI_CONFIG_FILE: writeCliConfig(dataDir) });
});

const missing = missingForEmulator();
if (missing) console.warn(`Skipped: ${missing}.`);

const blueprint = `spec_version: 2
description: An event bus where the landing zone says.
metadata:
  gantry: { title: Bus, agent: local, duration: { default: 2h } }
inputs:
  cost_center: { type: string, default: cc-1 }
grains:
  bus:
    kind: terraform
    spec:
      source: { path: stacks/bus }
      inputs: [{ cost_center: "{{ .inputs.cost_center }}" }, { owner: "{{ ownerEmail }}" }]
      env-vars: [{ AWS_ACCESS_KEY_ID: none }, { AWS_SECRET_ACCESS_KEY: none }]
`;

/** The state that another team's Terraform left: its output decides the region. */
const landingZone = (region: string) =>
  JSON.stringify({
    version: 4,
    terraform_version: "1.11.4",
    serial: 1,
    lineage: "landing",
    outputs: { region: { value: region, type: "string" } },
    resources: [],
  });

const module = `
variable "cost_center" { type = string }
variable "owner" { type = string }
data "terraform_remote_state" "landing" {
  backend = "local"
  config  = { path = "\${path.module}/landing.tfstate" }
}
locals { region = lower(data.terraform_remote_state.landing.outputs.region) }
provider "aws" {
  region                      = local.region
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  default_tags { tags = { owner = var.owner, cost-center = var.cost_center } }
}
module "names" { source = "../../modules/names" }
resource "aws_ecs_cluster" "this" { name = module.names.bus }`;

async function openWith(region: string) {
  const portal = await openPortal(
    database.db,
    { maya: ["member"], ada: ["policy_admin"] },
    {
      "blueprint.yaml": blueprint,
      "stacks/bus/main.tf": module,
      "stacks/bus/landing.tfstate": landingZone(region),
      "modules/names/main.tf": 'output "bus" { value = "orders" }',
    },
  );
  const reason = "Only Frankfurt.";
  const data = { allowed_regions: ["eu-central-1"] };
  const { spaceId } = portal;
  await changePolicy(await portal.as("ada"), { spaceId, policyName: "allowed-regions", version: 0, data, reason });
  return portal;
}

describe.skipIf(missing)("a data source decides the region", () => {
  test("the launch is let through with a warning, and the run stops before apply where the region is not allowed", async () => {
    const portal = await openWith("us-east-1");
    const maya = await portal.as("maya");
    const launched = await launchEnvironment(maya, { ...portal.launchOf(), inputs: {} });
    expect(`${launched.word} ${launched.state}: ${launched.sentence}`).toMatch(/^Approved queued/);
    const ofEnvironment = eq(decisions.environmentId, launched.environmentId);
    const [asked] = await database.db.select().from(decisions).where(ofEnvironment);
    const verdict = ((asked?.verdicts ?? []) as Verdict[]).find(({ policy }) => policy === "planned-regions");
    expect(verdict).toMatchObject({ word: "Approved", warnings: [expect.stringContaining("only known once")] });

    await workOff(portal.system);

    const steps = await database.db.select().from(runSteps).where(eq(runSteps.environmentId, launched.environmentId));
    expect(steps).toMatchObject([{ state: "failed", error: expect.stringContaining("Stopped before apply") }]);
    const [row] = await database.db.select().from(environments).where(eq(environments.id, launched.environmentId));
    expect(row).toMatchObject({ state: "launch_failed", activeAt: null });
    const shown = await showEnvironment(maya, { spaceId: portal.spaceId, number: row?.number ?? 0 });
    expect(shown.planStop).toMatchObject({ word: "Denied", run: "launch" });
    expect(((shown.planStop?.verdicts ?? []) as Verdict[])[0]).toMatchObject({
      policy: "planned-regions",
      word: "Denied",
      grain: "bus",
      rule: "planned-regions",
      location: { file: "policies/terraform_plan/planned-regions.rego", row: expect.any(Number) },
      reason: expect.stringContaining("us-east-1"),
      limit: { path: "data.allowed_regions", value: ["eu-central-1"] },
      facts: expect.arrayContaining([expect.objectContaining({ value: "us-east-1" })]),
    });
    const ours = and(eq(resources.environmentId, launched.environmentId));
    expect(await database.db.select().from(resources).where(ours)).toEqual([]);
    expect(await database.db.select().from(terraformStates)).toEqual([]);
  }, 300_000);
});
