import { type Line, metered } from "#server/cost/line.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { ebsLines } from "./ebs-storage.ts";
import { type Ec2Machine, machineLines } from "./ec2-machine.ts";
import { copiesOf, scaled } from "./group-of-machines.ts";
import { launchTemplateOf, machineOfTemplate, volumesOfTemplate } from "./launch-template.ts";

const defaults = { machine: "t3.medium", diskGb: 20 };

function templateOf(resource: ResourceView): ResourceView | undefined {
  const block = resource.block("launch_template");
  return block && launchTemplateOf(resource, block, "launch_template");
}

function machineOf(resource: ResourceView, template: ResourceView | undefined): Ec2Machine {
  const [first] = resource.list("instance_types").filter((type) => typeof type === "string");
  const below = template && machineOfTemplate(template);
  return {
    instanceType: first ?? (below?.instanceType || defaults.machine),
    tenancy: below?.tenancy ?? "default",
    isSpot: resource.text("capacity_type") === "SPOT",
    isEbsOptimized: below?.isEbsOptimized ?? false,
    isMonitored: below?.isMonitored ?? false,
    cpuCredits: below?.cpuCredits,
  };
}

function diskLines(resource: ResourceView, template: ResourceView | undefined): Line[] {
  const mapped = template ? volumesOfTemplate(template) : [];
  if (mapped.length > 0)
    return mapped.flatMap((volume, index) => [...ebsLines(volume, [`block_device_mapping[${index}]`])]);
  const size = resource.number("disk_size");
  const volume = { kind: "gp2", sizeGb: size ?? defaults.diskGb, iops: undefined, throughput: undefined };
  return [...ebsLines(volume)].map((line) =>
    size === undefined ? { ...line, quantityFrom: "default" as const } : line,
  );
}

export const awsEksNodeGroup: PricedType = {
  *lines(resource) {
    const template = templateOf(resource);
    const scaling = resource.block("scaling_config");
    const copies = scaled({
      usage: resource.usage.number("instances"),
      desired: scaling?.number("desired_size"),
      min: scaling?.number("min_size"),
      max: scaling?.number("max_size"),
    });
    const group = template ? [template.address] : [];
    yield* copiesOf(
      [...machineLines(machineOf(resource, template), resource), ...diskLines(resource, template)],
      copies,
      group,
    );
  },
};

/** Pods of a Fargate profile are billed by what they ask for; the profile does not say how much that is. */
export const awsEksFargateProfile: PricedType = {
  *lines() {
    const parts = [
      ["Per GB per hour", "GB"],
      ["Per vCPU per hour", "CPU"],
    ] as const;
    for (const [name, unit] of parts) {
      yield {
        ...metered(name, unit, 1, { sku: name, unit }, { from: "assumed", billsWhile: "running" }),
        usageBased: false,
      };
    }
  },
};
