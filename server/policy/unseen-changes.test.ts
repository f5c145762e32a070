import { expect, test } from "vitest";
import { buildStaticPlan } from "#server/plan/plan.ts";
import { readPlan } from "#server/plan/read-plan.ts";
import { redactPlan } from "#server/plan/redact-plan.ts";
import { warnOfUnseen } from "./unseen-changes.ts";
import type { Verdict } from "./verdict.ts";

function verdict(policy: string): Verdict {
  const said = { word: "Approved", reason: "Nothing to refuse in this plan." } as const;
  return {
    ...said,
    policy,
    packageName: "torque.terraform_plan",
    title: policy,
    digest: "0",
    facts: [],
    warnings: [],
    findings: [],
    tookMs: 1,
  };
}

const verdicts = [verdict("network"), verdict("storage")];

const deferredPlan = JSON.stringify({
  format_version: "1.2",
  planned_values: { root_module: {} },
  resource_changes: [],
  deferred_changes: [
    {
      reason: "provider_config_unknown",
      resource_change: {
        address: "aws_db_instance.main",
        mode: "managed",
        type: "aws_db_instance",
        name: "main",
        change: {
          actions: ["create"],
          before: null,
          after: { password: "hunter2-hunter2" },
          after_sensitive: { password: true },
        },
      },
    },
  ],
});

test("a plan that shows everything adds no warning", async () => {
  const plan = await buildStaticPlan({ files: new Map([["main.tf", 'resource "aws_sqs_queue" "q" {}']]) });
  expect(warnOfUnseen(verdicts, plan)).toEqual(verdicts);
});

test("resources whose number a data source decides, and a registry's module, are named once as seen by no policy", async () => {
  const main = `
    data "aws_availability_zones" "all" {}
    resource "aws_instance" "web" {
      count = length(data.aws_availability_zones.all.names)
    }
    module "vpc" {
      source = "terraform-aws-modules/vpc/aws"
    }`;
  const [first, second] = warnOfUnseen(verdicts, await buildStaticPlan({ files: new Map([["main.tf", main]]) }));
  expect(first?.warnings).toEqual([
    expect.stringContaining("No policy has seen aws_instance.web[*]: how many there will be is not known yet."),
    expect.stringContaining("No policy has seen inside module.vpc (terraform-aws-modules/vpc/aws)."),
  ]);
  expect(first?.findings?.map(({ effect, address }) => [effect, address])).toEqual([
    ["warn", "aws_instance.web[*]"],
    ["warn", "module.vpc"],
  ]);
  expect(second?.warnings).toEqual([]);
});

test("what Terraform itself puts off is read from a real plan, named, and hidden where it is secret", () => {
  const plan = readPlan(deferredPlan);
  expect(warnOfUnseen(verdicts, plan)[0]?.warnings[0]).toBe(
    "No policy has seen aws_db_instance.main: provider config unknown. Terraform puts it off to a later plan: have somebody look at it.",
  );
  expect(JSON.stringify(plan)).toContain("hunter2");
  expect(JSON.stringify(redactPlan(plan))).not.toContain("hunter2");
});
