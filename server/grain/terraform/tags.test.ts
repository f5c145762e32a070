import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { StepFailed } from "#server/grain/driver.ts";
import { missingForEmulator, writeCliConfig } from "#server/grain/testing/aws-emulator.ts";
import { configure } from "#server/grain/testing/configure.ts";
import { grainOf, scriptedStep } from "#server/grain/testing/scripted-step.ts";
import type { Plan } from "#server/plan/plan.ts";
import type { ModuleBlocks } from "./module-source.ts";
import { lockedVersions, typesWithTags } from "./read-taggable.ts";
import { requireTags } from "./require-tags.ts";
import { labelsOf, overridesFor } from "./tag-overrides.ts";
import { terraformDriver } from "./terraform-driver.ts";

const tags = {
  "gantry-environment": "e1",
  "gantry-owner": "maya@example.com",
  "gantry-ends-at": "2026-03-02T09:00:00.000Z",
};

describe("tags that an author can't take off", () => {
  const planOf = (after: Record<string, unknown>, unknown: Record<string, unknown> = {}) =>
    ({
      resource_changes: [
        { address: "aws_vpc.a", change: { actions: ["create"], before: null, after, after_unknown: unknown } },
      ],
    }) as unknown as Plan;
  const check = (after: Record<string, unknown>, unknown?: Record<string, unknown>) => () =>
    requireTags({ tags }, planOf(after, unknown));

  test("stay, whatever stands beside them", () => {
    expect(check({ tags_all: { ...tags, team: "a" } })).not.toThrow();
    expect(check({ tags: { team: "a" } }, { tags: { id: true }, tags_all: true })).not.toThrow();
    // Its end moves while it lives.
    expect(check({ tags_all: { ...tags, "gantry-ends-at": "2026-03-01T09:00:00.000Z" } })).not.toThrow();
    expect(check({ name: "no tags at all" })).not.toThrow();
  });

  test.each([
    ["another value", { tags_all: { ...tags, "gantry-environment": "other" } }, {}],
    ["left out, as by ignore_tags", { tags_all: { team: "a" } }, {}],
    ["set to what is only known later", {}, { tags: { "gantry-environment": true }, tags_all: true }],
    [
      "the same in capitals, with the rest known later",
      { tags: { "GANTRY-environment": "x" } },
      { tags: { id: true }, tags_all: true },
    ],
    ["all names only known later", {}, { tags: true, tags_all: true }],
    ["a label of Google's", { terraform_labels: { "gantry-environment": "other" } }, {}],
  ])("%s stops the run", (_, after, unknown) => {
    expect(check(after, unknown)).toThrow(StepFailed);
  });

  test("labels of Google are in its alphabet", () => {
    expect(labelsOf({ "gantry-owner": "Maya.Lind@Example.com" })).toEqual({ "gantry-owner": "maya_lind_example_com" });
    expect(requireTags({ tags }, planOf({ terraform_labels: labelsOf(tags) }))).toBeUndefined();
  });
});

describe("what is written beside an author's files", () => {
  const blocks = (given: Partial<ModuleBlocks>): ModuleBlocks => ({
    providers: [],
    resources: [],
    types: new Set(),
    calls: [],
    ...given,
  });
  const wish = { tags: { "gantry-environment": "e1" }, isRoot: true, connected: {} };

  test("each Azure resource that takes tags gets them over its author's", () => {
    const resources = [
      { type: "azurerm_resource_group", name: "a", body: { tags: { team: "x", "GANTRY-Environment": "mine" } } },
      { type: "azurerm_resource_group", name: "b", body: { tags: `\${local.tags}` } },
      { type: "azurerm_subnet", name: "c", body: {} },
    ];
    const taggable = { types: new Set(["azurerm_resource_group"]), googleLabels: false };
    expect(overridesFor(blocks({ resources }), { ...wish, taggable })).toEqual({
      resource: {
        azurerm_resource_group: {
          a: { tags: { team: "x", "gantry-environment": "e1" } },
          b: { tags: expect.stringMatching(/^\$\{merge\(try\(\{ for key, value in local\.tags .*jsondecode/) },
        },
      },
    });
  });

  test("Google's provider gets default labels where it knows them", () => {
    const providers = [{ name: "google", body: { project: "p", alias: "west", default_labels: { team: "x" } } }];
    const of = (googleLabels: boolean) =>
      overridesFor(blocks({ providers }), { ...wish, taggable: { types: new Set<string>(), googleLabels } });
    expect(of(false)).toEqual({});
    expect(of(true)).toEqual({
      provider: { google: [{ alias: "west", default_labels: { team: "x", "gantry-environment": "e1" } }] },
    });
  });

  test("a nested module's own provider is overridden, a stand-in for the caller's is left alone", () => {
    const providers = [
      { name: "aws", body: { alias: "peer" } },
      { name: "aws", body: { region: "eu-west-1" } },
    ];
    const taggable = { types: new Set<string>(), googleLabels: false };
    expect(overridesFor(blocks({ providers }), { ...wish, isRoot: false, taggable })).toEqual({
      provider: { aws: [{ default_tags: [{ tags: { "gantry-environment": "e1" } }] }] },
    });
  });

  test("what the provider's schema and the lock file say is read", () => {
    const attributes = { tags: { type: ["map", "string"], optional: true } };
    const schemas = {
      provider_schemas: {
        "registry.terraform.io/hashicorp/azurerm": {
          resource_schemas: {
            azurerm_resource_group: { block: { attributes } },
            azurerm_subnet: { block: { attributes: { name: { type: "string" } } } },
            azurerm_odd: { block: { attributes: { tags: { type: ["list", "string"], optional: true } } } },
          },
        },
      },
    };
    expect([...typesWithTags(JSON.stringify(schemas), "azurerm")]).toEqual(["azurerm_resource_group"]);
    const lock =
      'provider "registry.terraform.io/hashicorp/google" {\n  version     = "5.30.0"\n  constraints = "~> 5.0"\n}\n';
    expect(lockedVersions(lock)).toEqual({ google: "5.30.0" });
  });
});

const missing = missingForEmulator();
if (missing) console.warn(`Skipped: ${missing}.`);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gantry-tags-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const skip = `region = "eu-central-1"
  skip_credentials_validation = true
  skip_requesting_account_id = true
  skip_metadata_api_check = true
  access_key = "none"
  secret_key = "none"`;

describe.skipIf(missing)("with the real AWS provider", { timeout: 300_000 }, () => {
  const plan = async (files: Record<string, string>) => {
    configure({ TF_CLI_CONFIG_FILE: writeCliConfig(folder) });
    const step = scriptedStep(
      grainOf("terraform", { source: { store: null, path: "stack", ref: null, resourceType: null, name: null } }),
      { files, tags },
    );
    const planned = await terraformDriver.plan(step, []);
    const found = Object.fromEntries(
      (planned.plan?.resource_changes ?? []).map(({ address, change }) => [
        address,
        (change.after as { tags_all?: unknown }).tags_all,
      ]),
    );
    await terraformDriver.tidy(step);
    return found;
  };

  test("every provider carries them: the author's default, an alias, one in JSON, one of a nested module; and per resource", async () => {
    const found = await plan({
      "stack/main.tf": `
provider "aws" {
  ${skip}
  default_tags { tags = { team = "a", "Gantry-Environment" = "mine" } }
}
resource "aws_sqs_queue" "default" { tags = { own = "x" } }
resource "aws_sqs_queue" "json" { provider = aws.json }
module "inherits" { source = "../modules/plain" }
module "own" { source = "../modules/own" }
`,
      "stack/west.tf.json": JSON.stringify({
        provider: {
          aws: {
            alias: "json",
            region: "us-east-1",
            access_key: "none",
            secret_key: "none",
            skip_credentials_validation: true,
            skip_requesting_account_id: true,
            skip_metadata_api_check: true,
          },
        },
      }),
      "modules/plain/main.tf": 'resource "aws_sqs_queue" "q" {}\n',
      "modules/own/main.tf": `
provider "aws" {
  ${skip}
  ignore_tags { key_prefixes = ["gantry-", "other-"] }
  default_tags { tags = merge({ team = "b" }, { Gantry-OWNER = "somebody" }) }
}
resource "aws_sqs_queue" "q" {}
`,
    });
    expect(found).toEqual({
      "aws_sqs_queue.default": { ...tags, team: "a", own: "x" },
      "aws_sqs_queue.json": tags,
      "module.inherits.aws_sqs_queue.q": { ...tags, team: "a" },
      "module.own.aws_sqs_queue.q": { ...tags, team: "b" },
    });
  });

  test("a resource's own value can't take them off", async () => {
    const resource = 'resource "aws_sqs_queue" "q" { tags = { gantry-environment = "mine" } }';
    await expect(plan({ "stack/main.tf": `provider "aws" {\n  ${skip}\n}\n${resource}\n` })).rejects.toThrow(
      /belongs to the environment/,
    );
  });
});
