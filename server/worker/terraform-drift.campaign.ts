import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { environments, resources } from "#db/schema/environment.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { acceptDrift, requestDriftCheck } from "#server/environment/drift.ts";
import { launchEnvironment } from "#server/environment/launch-environment.ts";
import { terminateEnvironment } from "#server/environment/terminate-environment.ts";
import { openPortal } from "#server/environment/testing/portal.ts";
import {
  type AwsEmulator,
  emulatorCredentials,
  missingForEmulator,
  startAwsEmulator,
  writeCliConfig,
} from "#server/grain/testing/aws-emulator.ts";
import { configure } from "#server/grain/testing/configure.ts";
import { readState } from "#server/run/terraform-state.ts";
import { workOff } from "./testing/work-off.ts";

const database = openTestDatabase();
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "gantry-tfdrift-"));
const missing = missingForEmulator();
if (missing) console.warn(`Skipped: ${missing}.`);
let emulator: AwsEmulator;
beforeAll(async () => {
  if (!missing) emulator = await startAwsEmulator();
}, 120_000);
afterAll(async () => {
  await emulator?.close();
  fs.rmSync(dataDir, { recursive: true, force: true });
});

const folderFor = (endpoint: string) => ({
  "blueprint.yaml": `spec_version: 2
description: Keeps one setting.
metadata:
  gantry:
    title: Setting
    agent: local
    costs: [{ name: Flat rate, amount: "0", currency: USD, per: hour }]
grains:
  setting:
    kind: terraform
    spec:
      source: { path: terraform }
      env-vars:
        - AWS_ACCESS_KEY_ID: ${emulatorCredentials.accessKeyId}
        - AWS_SECRET_ACCESS_KEY: none
        - AWS_ENDPOINT_URL: "${endpoint}"
`,
  "terraform/main.tf": `
provider "aws" {
  region                      = "eu-central-1"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  default_tags { tags = { owner = "maya", cost-center = "cc-1" } }
}
resource "aws_ssm_parameter" "size" {
  name  = "/trial/size"
  type  = "String"
  value = "10"
}
output "size" { value = nonsensitive(aws_ssm_parameter.size.value) }
`,
});

/** As somebody with the cloud's own console would. */
async function changeByHand(value: string): Promise<void> {
  const answer = await fetch(emulator.endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AmazonSSM.PutParameter",
      authorization: `AWS4-HMAC-SHA256 Credential=${emulatorCredentials.accessKeyId}/20260101/eu-central-1/ssm/aws4_request, SignedHeaders=host, Signature=none`,
    },
    body: JSON.stringify({ Name: "/trial/size", Value: value, Type: "String", Overwrite: true }),
  });
  expect(answer.status, await answer.text()).toBe(200);
}

describe.skipIf(missing)("drift of a real Terraform grain", { timeout: 900_000 }, () => {
  test("is found by a refresh, accepted into the state, and counts from there", async () => {
    configure({ dataDir, TF_CLI_CONFIG_FILE: writeCliConfig(dataDir) });
    const portal = await openPortal(database.db, { maya: ["member"], ada: ["admin"] }, folderFor(emulator.endpoint));
    const maya = await portal.as("maya");
    const launched = await launchEnvironment(maya, { ...portal.launchOf(), inputs: {} });
    const { environmentId } = launched;
    expect(launched.sentence).toContain("Approved");
    await workOff(portal.system);
    const find = async () =>
      (await database.db.select().from(environments).where(eq(environments.id, environmentId)))[0]!;
    expect(await find()).toMatchObject({ state: "active", stateReason: "" });
    const check = async () => {
      portal.clock.pass(5);
      await requestDriftCheck(maya, { environmentId });
      await workOff(portal.system);
      return find();
    };
    expect((await check()).driftState).toBe("clean");
    await changeByHand("20");
    const { driftState, driftCheckedAt } = await check();
    expect(driftState).toBe("drifted");
    const [row] = await database.db.select().from(resources).where(eq(resources.environmentId, environmentId));
    expect(row?.drift?.map(({ field }) => field)).toContain("value");
    portal.clock.pass(5);
    const checkedAt = driftCheckedAt ?? new Date(0);
    await acceptDrift(await portal.as("ada"), { environmentId, checkedAt, reason: "It was too small." });
    await workOff(portal.system);
    expect(await find()).toMatchObject({ state: "active", driftState: "clean", stateReason: "" });
    const state = JSON.parse((await readState({ db: database.db }, { environmentId, grain: "setting" })) ?? "{}");
    expect(state.resources[0].instances[0].attributes.value).toBe("20");
    expect((await check()).driftState).toBe("clean");
    await terminateEnvironment(maya, { environmentId, reason: "" });
    await workOff(portal.system);
    expect(await find()).toMatchObject({ state: "ended", leftovers: [] });
  });
});
