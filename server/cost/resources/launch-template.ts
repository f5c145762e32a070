import type { Attributes } from "#server/cost/attributes.ts";
import type { ResourceView } from "#server/cost/priced-type.ts";
import type { EbsVolume } from "./ebs-storage.ts";
import type { Ec2Machine } from "./ec2-machine.ts";

/** The launch template that a `launch_template` block names by reference, id or name. */
export function launchTemplateOf(
  resource: ResourceView,
  block: Attributes,
  attribute: string,
): ResourceView | undefined {
  const [referenced] = resource.targets(attribute, "aws_launch_template");
  if (referenced) return referenced;
  const names = ["name", "id", "launch_template_name", "launch_template_id"]
    .filter((name) => !block.isUnknown(name))
    .map((name) => block.text(name));
  return resource.all("aws_launch_template").find((template) => {
    return names.some((name) => name !== undefined && [template.values.name, template.values.id].includes(name));
  });
}

export function machineOfTemplate(template: ResourceView): Ec2Machine {
  return {
    instanceType: template.text("instance_type") ?? "",
    tenancy: template.block("placement")?.text("tenancy") ?? "default",
    isSpot: template.block("instance_market_options")?.text("market_type") === "spot",
    isEbsOptimized: template.flag("ebs_optimized") ?? false,
    isMonitored: template.block("monitoring")?.flag("enabled") ?? false,
    cpuCredits: template.block("credit_specification")?.text("cpu_credits"),
  };
}

export interface MappedVolume extends EbsVolume {
  device: string;
}

export function volumeOf(block: Attributes): EbsVolume {
  return {
    kind: block.text("volume_type"),
    sizeGb: block.number("volume_size"),
    iops: block.number("iops"),
    throughput: block.number("throughput"),
  };
}

/** Volumes a template maps; instance-store mappings have no `ebs` block and cost nothing. */
export function volumesOfTemplate(template: ResourceView): MappedVolume[] {
  return template.blocks("block_device_mappings").flatMap((mapping) => {
    const ebs = mapping.block("ebs");
    return ebs ? [{ device: mapping.text("device_name") ?? "", ...volumeOf(ebs) }] : [];
  });
}
