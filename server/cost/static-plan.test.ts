import { describe, expect, test } from "vitest";

import { buildStaticPlan } from "#server/plan/plan.ts";
import { readPlan } from "#server/plan/read-plan.ts";
import type { Estimate, Resource } from "./cost.ts";
import { estimatePlan } from "./estimate.ts";
import type { PlanDocument } from "./plan-document.ts";

const provider = 'provider "aws" {\n  region = "us-east-1"\n}\n';

async function estimateHcl(main: string, unknownVariables: Record<string, string> = {}): Promise<Estimate> {
  const files = new Map([["main.tf", provider + main]]);
  return estimatePlan(await buildStaticPlan({ files, unknownVariables }));
}

function at(estimate: Estimate, address: string): Resource {
  const found = estimate.resources.find((resource) => resource.address === address);
  if (!found) throw new Error(`no ${address}: ${estimate.resources.map((resource) => resource.address).join(", ")}`);
  return found;
}

describe("a driver's own plan, as it is read back", () => {
  const expressions = { instance_type: { references: ["data.aws_ssm_parameter.size.value"] } };
  const resource = { address: "aws_instance.web", mode: "managed", type: "aws_instance", name: "web" };
  const plan = {
    format_version: "1.2",
    planned_values: { root_module: { resources: [{ ...resource, values: { ami: "ami-1" } }] } },
    resource_changes: [
      {
        ...resource,
        change: { actions: ["create"], after: { ami: "ami-1" }, after_unknown: { instance_type: true, tenancy: true } },
      },
    ],
    configuration: { root_module: { resources: [{ ...resource, provider_config_key: "aws", expressions }] } },
  };

  test("leaves unknown what it marks so and the configuration sets", () => {
    const web = at(estimatePlan(readPlan(JSON.stringify(plan)) as PlanDocument), "aws_instance.web");
    expect(web).toMatchObject({ state: "unknown", reasons: [expect.stringContaining("instance_type")] });
  });
});

describe("a plan made from the configuration alone", () => {
  test("leaves unknown what a data source decides", async () => {
    const estimate = await estimateHcl(`
      data "aws_ssm_parameter" "size" { name = "size" }
      resource "aws_instance" "web" {
        ami           = "ami-1"
        instance_type = data.aws_ssm_parameter.size.value
      }`);
    expect(at(estimate, "aws_instance.web")).toMatchObject({ state: "unknown", monthly: null });
    expect(estimate.total).toMatchObject({ lower: "0", upper: null });
  });

  test("never lets a variable without a value reach a size", async () => {
    const main = `
      variable "gb" { type = number }
      resource "aws_ebs_volume" "data" {
        availability_zone = "us-east-1a"
        size              = var.gb
        type              = "gp3"
      }`;
    const estimate = await estimateHcl(main, { gb: "asked at launch" });
    expect(at(estimate, "aws_ebs_volume.data")).toMatchObject({ state: "unknown", monthly: null });
  });

  test("prices one of a number nobody knows, and stays open above", async () => {
    const estimate = await estimateHcl(`
      data "aws_availability_zones" "all" {}
      resource "aws_ebs_volume" "data" {
        count             = length(data.aws_availability_zones.all.names)
        availability_zone = "us-east-1a"
        size              = 100
        type              = "gp3"
      }`);
    const volume = at(estimate, "aws_ebs_volume.data[*]");
    expect(volume).toMatchObject({ state: "unknown", count: null, monthly: "8" });
    expect(volume.reasons[0]).toContain("count not known before plan");
    expect(estimate.total).toMatchObject({ lower: "8", upper: null });
  });

  test("counts no resource where the count is zero", async () => {
    const estimate = await estimateHcl(`
      resource "aws_ebs_volume" "data" {
        count             = 0
        availability_zone = "us-east-1a"
        size              = 100
      }`);
    expect(estimate.coverage.detected).toBe(0);
  });

  test("names a module that only a real plan can look into, and stays open above", async () => {
    const estimate = await estimateHcl(`
      module "vpc" {
        source = "terraform-aws-modules/vpc/aws"
      }`);
    expect(estimate.warnings).toContainEqual(expect.objectContaining({ code: "remote_module", address: "module.vpc" }));
    expect(estimate.total.upper).toBeNull();
  });

  test("follows a launch template through a module's input", async () => {
    const files = new Map([
      [
        "main.tf",
        `${provider}
        resource "aws_launch_template" "web" {
          instance_type = "m5.large"
        }
        module "group" {
          source   = "./group"
          template = aws_launch_template.web.id
        }`,
      ],
      [
        "group/main.tf",
        `
        variable "template" {}
        resource "aws_autoscaling_group" "asg" {
          min_size         = 1
          max_size         = 3
          desired_capacity = 2
          launch_template {
            id = var.template
          }
        }`,
      ],
    ]);
    const estimate = estimatePlan(await buildStaticPlan({ files }));
    const group = at(estimate, "module.group.aws_autoscaling_group.asg");
    expect(group.components[0]).toMatchObject({ monthly: "140.16", low: "70.08", high: "210.24" });
  });

  test("takes an explicit false over a template's true", async () => {
    const estimate = await estimateHcl(`
      resource "aws_launch_template" "web" {
        instance_type = "m5.large"
        monitoring {
          enabled = true
        }
      }
      resource "aws_instance" "web" {
        monitoring = false
        launch_template {
          id = aws_launch_template.web.id
        }
      }`);
    const names = at(estimate, "aws_instance.web").components.map((component) => component.name);
    expect(names.some((name) => name.includes("monitoring"))).toBe(false);
  });

  test("charges a public address that something uses, once", async () => {
    const estimate = await estimateHcl(`
      resource "aws_eip" "nat" {}
      resource "aws_nat_gateway" "nat" {
        allocation_id = aws_eip.nat.id
        subnet_id     = "subnet-1"
      }`);
    expect(at(estimate, "aws_eip.nat").components[0]).toMatchObject({
      name: "Public IPv4 address (in use)",
      monthly: "3.65",
    });
  });

  test("prices the services that the first blueprints start", async () => {
    const estimate = await estimateHcl(`
      resource "aws_instance" "gpu" {
        ami           = "ami-1"
        instance_type = "g5.xlarge"
      }
      resource "aws_eks_cluster" "main" {
        name     = "main"
        role_arn = "arn:aws:iam::123456789012:role/r"
        vpc_config {
          subnet_ids = ["subnet-1"]
        }
      }
      resource "aws_eks_node_group" "main" {
        cluster_name  = aws_eks_cluster.main.name
        node_role_arn = "arn:aws:iam::123456789012:role/r"
        subnet_ids    = ["subnet-1"]
        scaling_config {
          desired_size = 2
          min_size     = 1
          max_size     = 4
        }
        instance_types = ["m5.large"]
      }`);
    expect(at(estimate, "aws_instance.gpu").state).toBe("priced");
    expect(at(estimate, "aws_eks_cluster.main").monthly).toBe("73");
    expect(at(estimate, "aws_eks_node_group.main").components[0]).toMatchObject({ monthly: "140.16", high: "280.32" });
  });
});
