import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { KnownResource } from "#server/grain/driver.ts";
import {
  type AwsEmulator,
  emulatorCredentials,
  missingForEmulator,
  startAwsEmulator,
  writeCliConfig,
} from "#server/grain/testing/aws-emulator.ts";
import { configure } from "#server/grain/testing/configure.ts";
import { grainOf, scriptedStep } from "#server/grain/testing/scripted-step.ts";
import { terraformDriver } from "./terraform-driver.ts";

const missing = missingForEmulator();
if (missing) console.warn(`Skipped: ${missing}.`);

const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "gantry-adopt-"));
afterAll(() => fs.rmSync(dataDir, { recursive: true, force: true }));
beforeEach(() => configure({ dataDir, TF_CLI_CONFIG_FILE: writeCliConfig(dataDir) }));

const module = `
provider "aws" { region = "eu-central-1" }
resource "aws_vpc" "net" { cidr_block = "10.20.0.0/16" }
resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}`;
const tags = { "gantry-environment": "e1", "gantry-grain": "web" };

describe.skipIf(missing)("what an interrupted apply made", () => {
  let emulator: AwsEmulator;
  beforeAll(async () => {
    emulator = await startAwsEmulator();
  }, 120_000);
  afterAll(() => emulator?.close());

  async function ask(service: string, form: Record<string, string>): Promise<string> {
    const scope = `20260101/eu-central-1/${service}/aws4_request`;
    const authorization = `AWS4-HMAC-SHA256 Credential=AKIAEMULATOREXAMPLE0/${scope}, SignedHeaders=host, Signature=0`;
    const response = await fetch(emulator.endpoint, {
      method: "POST",
      headers: { authorization },
      body: new URLSearchParams(form),
    });
    expect(response.ok, `${service} ${form.Action}`).toBe(true);
    return response.text();
  }
  const begun = (address: string, cloudId: string | null): KnownResource => {
    const [type = "", name = ""] = address.split(".");
    return { address, type, name, cloudId, state: "intended", region: null, attributes: {} };
  };

  test("is found by its tags and destroyed at the end; a namesake and what nobody begun are named and left alone", async () => {
    const tag = (prefix: string) =>
      Object.fromEntries(
        Object.entries(tags).flatMap(([key, value], index) => [
          [`${prefix}.${index + 1}.Key`, key],
          [`${prefix}.${index + 1}.Value`, value],
        ]),
      );
    const network = { Action: "CreateVpc", Version: "2016-11-15", CidrBlock: "10.20.0.0/16" };
    const made = await ask("ec2", {
      ...{ ...network, "TagSpecification.1.ResourceType": "vpc" },
      ...tag("TagSpecification.1.Tag"),
    });
    const [, vpc = ""] = /<vpcId>(vpc-\w+)/.exec(made) ?? [];
    await ask("iam", { Action: "CreateRole", Version: "2010-05-08", RoleName: "app", AssumeRolePolicyDocument: "{}" });
    await ask("sns", { Action: "CreateTopic", Version: "2010-03-31", Name: "kept", ...tag("Tags.member") });
    const step = scriptedStep(grainOf("terraform", {}), {
      files: { "main.tf": module },
      tags,
      credentials: {
        AWS_ACCESS_KEY_ID: emulatorCredentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: emulatorCredentials.secretAccessKey,
        AWS_ENDPOINT_URL: emulator.endpoint,
      },
    });
    await terraformDriver.destroy(step, [begun("aws_vpc.net", null), begun("aws_iam_role.app", "app")]);
    expect(step.journalled).toEqual([
      ...["intend aws_vpc.net", "confirm aws_vpc.net", "destroying aws_vpc.net", "destroyed aws_vpc.net"],
    ]);
    expect(await ask("ec2", { Action: "DescribeVpcs", Version: "2016-11-15" })).not.toContain(vpc);
    expect(await ask("iam", { Action: "ListRoles", Version: "2010-05-08" })).toContain("<RoleName>app<");
    const { remaining } = await terraformDriver.remaining(step, [begun("aws_iam_role.app", "app")]);
    expect(remaining).toEqual([
      { address: "aws_iam_role.app", reason: expect.stringContaining("does not know it") },
      {
        address: expect.stringMatching(/^arn:aws:sns:.*:kept$/),
        reason: expect.stringContaining("environment's tags"),
      },
    ]);
  }, 900_000);
});
