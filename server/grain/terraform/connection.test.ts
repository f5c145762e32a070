import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { grainOf, scriptedStep } from "#server/grain/testing/scripted-step.ts";
import { prepareTerraform } from "./terraform-folder.ts";

async function providersWith(credentials: Record<string, string>) {
  const source = { store: null, path: "terraform", ref: null, resourceType: null, name: null };
  const files = { "terraform/main.tf": 'provider "aws" { region = "eu-west-1" }' };
  const { module } = await prepareTerraform(scriptedStep(grainOf("terraform", { source }), { files, credentials }));
  const text = fs.readFileSync(path.join(module, "~gantry_override.tf.json"), "utf8");
  expect(text).not.toContain("very/secret");
  const [provider] = JSON.parse(text).provider.aws;
  const { default_tags: _tags, ...settings } = provider;
  return settings;
}

const keys = { AWS_ACCESS_KEY_ID: "AKIATRIALTRIALTRIAL7", AWS_SECRET_ACCESS_KEY: "very/secret+key" };

test("keys travel as variables only; AWS itself needs no settings", async () => {
  expect(await providersWith(keys)).toEqual({});
});

test("a custom endpoint is asked for buckets by path", async () => {
  expect(await providersWith({ ...keys, AWS_ENDPOINT_URL: "http://localhost:4566" })).toEqual({
    s3_use_path_style: true,
  });
});

test("a role is taken by the provider, which renews it", async () => {
  const role = { AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/gantry", AWS_EXTERNAL_ID: "shop-1" };
  expect(await providersWith({ ...keys, ...role })).toEqual({
    assume_role: [{ role_arn: role.AWS_ROLE_ARN, session_name: "gantry", external_id: "shop-1" }],
  });
});
