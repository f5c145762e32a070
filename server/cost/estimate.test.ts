import { describe, expect, test } from "vitest";

import type { Component, Resource } from "./cost.ts";
import { type EstimateOptions, estimatePlan } from "./estimate.ts";
import type { PlanDocument } from "./plan-document.ts";
import { parseUsage } from "./usage.ts";

interface Planned {
  type: string;
  name: string;
  values?: Record<string, unknown>;
  unknown?: Record<string, unknown>;
  expressions?: Record<string, unknown>;
}

/** A plan as Terraform writes it, in the given region of the given provider. */
function planOf(resources: Planned[], provider = "aws", region?: string): PlanDocument {
  const address = (resource: Planned) => `${resource.type}.${resource.name}`;
  return {
    planned_values: {
      root_module: {
        resources: resources.map((resource) => ({
          address: address(resource),
          mode: "managed",
          type: resource.type,
          name: resource.name,
          values: resource.values ?? {},
        })),
      },
    },
    resource_changes: resources.map((resource) => ({
      address: address(resource),
      change: { after_unknown: resource.unknown ?? {} },
    })),
    configuration: {
      provider_config: region
        ? { [provider]: { name: provider, expressions: { region: { constant_value: region } } } }
        : {},
      root_module: {
        resources: resources.map((resource) => ({
          address: address(resource),
          mode: "managed",
          type: resource.type,
          name: resource.name,
          provider_config_key: provider,
          expressions: resource.expressions ?? {},
        })),
      },
    },
  };
}

function estimateOne(resource: Planned, options: EstimateOptions = {}, region = "us-east-1"): Resource {
  return estimatePlan(planOf([resource], resource.type.split("_")[0], region), options).resources[0]!;
}

function component(resource: Resource, name: string): Component {
  const found = resource.components.find((candidate) => candidate.name.includes(name));
  if (!found)
    throw new Error(`no component ${name}: ${resource.components.map((candidate) => candidate.name).join(", ")}`);
  return found;
}

const web: Planned = { type: "aws_instance", name: "web", values: { instance_type: "m5.large" } };

describe("a priced resource", () => {
  test("a machine runs 730 hours and brings its default root disk", () => {
    const resource = estimateOne(web);
    expect(component(resource, "Instance usage")).toMatchObject({
      quantity: "730",
      unitPrice: "0.096",
      monthly: "70.08",
    });
    expect(component(resource, "Storage")).toMatchObject({ quantity: "8", quantityFrom: "default", monthly: "0.8" });
    expect(resource).toMatchObject({ state: "priced", monthly: "70.88", region: "us-east-1", regionFrom: "provider" });
  });

  test("every price names its sheet, source and date", () => {
    expect(component(estimateOne(web), "Instance usage").priceRef).toMatchObject({
      source: "karpenter-aws",
      asOf: "2026-07-20",
      precision: "exact",
    });
  });

  test("a group of machines has a range where it scales", () => {
    const plan = planOf(
      [
        { type: "aws_launch_template", name: "lt", values: { instance_type: "m5.large" } },
        {
          type: "aws_autoscaling_group",
          name: "asg",
          values: { desired_capacity: 2, min_size: 1, max_size: 4, launch_template: [{}] },
          unknown: { launch_template: [{ id: true }] },
          expressions: {
            launch_template: [{ id: { references: ["aws_launch_template.lt.id", "aws_launch_template.lt"] } }],
          },
        },
      ],
      "aws",
      "us-east-1",
    );
    const estimate = estimatePlan(plan);
    const group = estimate.resources.find((resource) => resource.type === "aws_autoscaling_group")!;
    expect(component(group, "Instance usage")).toMatchObject({ monthly: "140.16", low: "70.08", high: "280.32" });
    expect(estimate.total).toEqual({ lower: "70.08", upper: "280.32", baseline: "140.16", usage: "0" });
  });

  test("sums are decimal", () => {
    const disk = (name: string): Planned => ({ type: "aws_ebs_volume", name, values: { type: "gp3", size: 1 } });
    const estimate = estimatePlan(planOf([disk("a"), disk("b"), disk("c")], "aws", "us-east-1"));
    expect(estimate.total.lower).toBe("0.24");
  });
});

describe("what has no figure", () => {
  test("a usage nobody stated is open, with its unit price", () => {
    const bucket = estimateOne({ type: "aws_s3_bucket", name: "assets" });
    expect(bucket).toMatchObject({ state: "depends_on_usage", monthly: null });
    expect(component(bucket, "Storage")).toMatchObject({ quantity: null, monthly: null, unitPrice: "0.023" });
  });

  test("a stated usage gives a figure", () => {
    const usage = parseUsage("resource_usage:\n  aws_s3_bucket.assets:\n    standard:\n      storage_gb: 100\n");
    const bucket = estimateOne({ type: "aws_s3_bucket", name: "assets" }, { usage });
    expect(component(bucket, "Storage")).toMatchObject({ quantity: "100", quantityFrom: "usage", monthly: "2.3" });
  });

  test("a price the catalogue lacks is named with its region, never a zero", () => {
    const gateway = estimateOne({ type: "aws_nat_gateway", name: "nat" }, {}, "ap-east-1");
    expect(gateway).toMatchObject({ state: "no_price", monthly: null });
    expect(component(gateway, "NAT gateway").note).toContain("ap-east-1");
  });

  test("a reservation is not a list price", () => {
    const usage = parseUsage("resource_usage:\n  aws_instance.web:\n    reserved_instance_term: 1_year\n");
    expect(component(estimateOne(web, { usage }), "reserved")).toMatchObject({ state: "no_price", monthly: null });
  });

  test("a missing Windows price is never read as the Linux one", () => {
    const usage = parseUsage("resource_usage:\n  aws_instance.web:\n    operating_system: suse\n");
    expect(component(estimateOne(web, { usage }), "SUSE")).toMatchObject({ state: "no_price", monthly: null });
  });

  test("interruptible capacity lies between nothing and the on-demand price", () => {
    const values = { instance_type: "m5.large", instance_market_options: [{ market_type: "spot" }] };
    const machine = component(estimateOne({ type: "aws_instance", name: "web", values }), "spot");
    expect(machine).toMatchObject({ state: "no_price", monthly: null, low: "0", high: "70.08" });
  });

  test("an unsupported type says so and opens the total above", () => {
    const estimate = estimatePlan(planOf([{ type: "aws_foo_bar", name: "x" }, web], "aws", "us-east-1"));
    expect(estimate.coverage).toMatchObject({ detected: 2, priced: 1, unsupported: 1 });
    expect(estimate.total).toMatchObject({ lower: "70.88", upper: null });
  });

  test("a free type costs nothing and is counted as free", () => {
    expect(estimateOne({ type: "aws_security_group", name: "web" })).toMatchObject({ state: "free", monthly: null });
  });

  test("an attribute set to something unknown is unknown, not its default", () => {
    const resource = estimateOne({
      type: "aws_instance",
      name: "web",
      unknown: { instance_type: true },
      expressions: { instance_type: { references: ["data.aws_ssm_parameter.size.value"] } },
    });
    expect(resource.state).toBe("unknown");
    expect(resource.reasons[0]).toContain("instance_type is not known before apply");
  });

  test("an attribute the provider computes takes the default", () => {
    const resource = estimateOne({ ...web, unknown: { root_block_device: true, tenancy: true } });
    expect(resource.state).toBe("priced");
  });

  test("a negative size is no saving", () => {
    const volume = estimateOne({ type: "aws_ebs_volume", name: "x", values: { type: "gp3", size: -100 } });
    expect(volume).toMatchObject({ state: "unknown", monthly: null });
  });

  test("a type named like an inherited property is not mistaken for a rule", () => {
    expect(estimateOne({ type: "constructor", name: "x" }).state).toBe("unsupported");
  });
});

describe("the region", () => {
  test("of an aliased provider is its own", () => {
    const plan = planOf([web], "aws", "us-east-1");
    const resources = plan.configuration!.root_module!.resources!.map((resource) => ({
      ...resource,
      provider_config_key: "aws.frankfurt",
    }));
    const aliased: PlanDocument = {
      ...plan,
      configuration: {
        provider_config: {
          "aws.frankfurt": { name: "aws", alias: "frankfurt", expressions: { region: { references: ["var.region"] } } },
        },
        root_module: { resources },
      },
      variables: { region: { value: "eu-central-1" } },
    };
    expect(estimatePlan(aliased).resources[0]).toMatchObject({ region: "eu-central-1", regionFrom: "alias" });
  });

  test("is the cloud's default when none is configured, and that is said", () => {
    const estimate = estimatePlan(planOf([web]));
    expect(estimate.resources[0]).toMatchObject({ region: "us-east-1", regionFrom: "default" });
    expect(estimate.warnings.map((warning) => warning.code)).toContain("default_region");
  });

  test("of a zone elsewhere is the provider's, with a warning", () => {
    const volume: Planned = { type: "aws_ebs_volume", name: "x", values: { availability_zone: "eu-west-1a", size: 1 } };
    const estimate = estimatePlan(planOf([volume], "aws", "us-east-1"));
    expect(estimate.resources[0]).toMatchObject({ region: "us-east-1", state: "priced" });
    expect(estimate.warnings.map((warning) => warning.code)).toContain("zone_elsewhere");
  });

  test("of a local zone has no price of the region around it", () => {
    const values = { ...web.values, availability_zone: "us-west-2-lax-1a" };
    expect(estimateOne({ ...web, values }, {}, "us-west-2")).toMatchObject({
      region: "us-west-2-lax-1",
      state: "no_price",
    });
  });

  test("of an Azure location may be written with spaces and capitals", () => {
    const values = { location: "West Europe", size: "Standard_D2s_v3" };
    const machine = estimateOne({ type: "azurerm_linux_virtual_machine", name: "vm", values });
    expect(machine).toMatchObject({ region: "westeurope", regionFrom: "resource" });
    expect(component(machine, "Instance usage").state).toBe("priced");
  });

  test("that a data source decides leaves the cost unknown", () => {
    const plan = planOf([web], "aws", "us-east-1");
    const unknown: PlanDocument = {
      ...plan,
      configuration: {
        ...plan.configuration,
        provider_config: {
          aws: { name: "aws", expressions: { region: { references: ["data.external.where.result"] } } },
        },
      },
    };
    expect(estimatePlan(unknown).resources[0]).toMatchObject({ region: null, regionFrom: "unknown", state: "unknown" });
  });
});

describe("an estimate", () => {
  test("is the same, byte for byte, for the same plan", () => {
    const plan = planOf([web, { type: "aws_s3_bucket", name: "assets" }], "aws", "us-east-1");
    expect(JSON.stringify(estimatePlan(plan))).toBe(JSON.stringify(estimatePlan(structuredClone(plan))));
  });

  test("has another hash when an input changes", () => {
    const larger = planOf([{ ...web, values: { instance_type: "m5.xlarge" } }], "aws", "us-east-1");
    expect(estimatePlan(larger).hash).not.toBe(estimatePlan(planOf([web], "aws", "us-east-1")).hash);
  });

  test("gives the price of the planned run beside the month", () => {
    const estimate = estimatePlan(planOf([web], "aws", "us-east-1"), { runHours: 73 });
    expect(estimate.run).toEqual({ hours: 73, lower: "7.088", upper: "7.088" });
  });

  test("keeps declared costs apart from list prices", () => {
    const declared = [
      { name: "Licence", amount: "12.50", per: "month" },
      { name: "Runner", amount: "0.1", per: "hour" },
      { name: "Set-up", amount: "3", per: "launch" },
    ] as const;
    const estimate = estimatePlan(planOf([web], "aws", "us-east-1"), { declared });
    expect(estimate.declared).toMatchObject({ monthly: "85.5", perLaunch: "3" });
    expect(estimate.total.lower).toBe("70.88");
  });

  test("leaves data sources and helper resources out", () => {
    const plan = planOf(
      [{ type: "random_id", name: "x" }, { type: "null_resource", name: "y" }, web],
      "aws",
      "us-east-1",
    );
    expect(estimatePlan(plan).coverage.detected).toBe(1);
  });

  test("of an empty or foreign document is empty, not an error", () => {
    expect(estimatePlan({}).coverage.detected).toBe(0);
    expect(estimatePlan({ planned_values: { root_module: { resources: [{}] } } }).total.lower).toBe("0");
  });
});
