import type { Attributes } from "#server/cost/attributes.ts";
import type { Line } from "#server/cost/line.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { ebsLines } from "./ebs-storage.ts";
import { type Ec2Machine, machineLines } from "./ec2-machine.ts";
import { type Copies, copiesOf, scaled } from "./group-of-machines.ts";
import { launchTemplateOf, machineOfTemplate, volumeOf, volumesOfTemplate } from "./launch-template.ts";

interface Launch {
  source: ResourceView;
  machine: Ec2Machine;
  disks: Line[];
}

function launchConfigurationOf(resource: ResourceView): ResourceView | undefined {
  const [referenced] = resource.targets("launch_configuration", "aws_launch_configuration");
  if (referenced) return referenced;
  const name = resource.isUnknown("launch_configuration") ? undefined : resource.text("launch_configuration");
  return resource.all("aws_launch_configuration").find((launch) => name !== undefined && launch.values.name === name);
}

function launchOfConfiguration(source: ResourceView): Launch {
  const root = source.block("root_block_device");
  const disks = [
    ...ebsLines(
      root ? volumeOf(root) : { kind: undefined, sizeGb: undefined, iops: undefined, throughput: undefined },
      ["root_block_device"],
    ),
    ...source
      .blocks("ebs_block_device")
      .flatMap((block, index) => [...ebsLines(volumeOf(block), [`ebs_block_device[${index}]`])]),
  ];
  return {
    source,
    disks,
    machine: {
      instanceType: source.text("instance_type") ?? "",
      tenancy: source.text("placement_tenancy") ?? "default",
      isSpot: source.text("spot_price") !== undefined,
      isEbsOptimized: source.flag("ebs_optimized") ?? false,
      isMonitored: source.flag("enable_monitoring") ?? true,
      cpuCredits: undefined,
    },
  };
}

function launchOfTemplate(source: ResourceView): Launch {
  const disks = volumesOfTemplate(source).flatMap((volume, index) => [
    ...ebsLines(volume, [`block_device_mapping[${index}]`]),
  ]);
  return { source, machine: machineOfTemplate(source), disks };
}

function mixedPolicy(resource: ResourceView): Attributes | undefined {
  return resource.block("mixed_instances_policy");
}

function launchOf(resource: ResourceView): Launch | null {
  const configuration = launchConfigurationOf(resource);
  if (configuration) return launchOfConfiguration(configuration);
  const mixed = mixedPolicy(resource)?.block("launch_template")?.block("launch_template_specification");
  const block = resource.block("launch_template") ?? mixed;
  const attribute = mixed ? "mixed_instances_policy" : "launch_template";
  const template = block && launchTemplateOf(resource, block, attribute);
  return template ? launchOfTemplate(template) : null;
}

function copies(resource: ResourceView, weight: number): Copies {
  const per = (value: number | undefined) => (value === undefined ? undefined : Math.ceil(value / weight));
  return scaled({
    usage: resource.usage.number("instances"),
    desired: per(resource.number("desired_capacity")),
    min: per(resource.number("min_size")),
    max: per(resource.number("max_size")),
  });
}

/** How many of the machines are on demand; a mixed policy may buy the others on the spot market. */
function onDemandOf(count: number, distribution: Attributes | undefined): number {
  const base = distribution?.number("on_demand_base_capacity") ?? 0;
  const share = distribution?.number("on_demand_percentage_above_base_capacity") ?? 100;
  return Math.min(count, base + Math.ceil((Math.max(0, count - base) * share) / 100));
}

function* mixedLines(resource: ResourceView, launch: Launch, policy: Attributes): Iterable<Line> {
  const [override] = policy.block("launch_template")?.blocks("override") ?? [];
  const machine = { ...launch.machine, instanceType: override?.text("instance_type") ?? launch.machine.instanceType };
  const all = copies(resource, override?.number("weighted_capacity") ?? 1);
  const distribution = policy.block("instances_distribution");
  const split = (count: number) => onDemandOf(count, distribution);
  const onDemand: Copies = { ...all, shown: split(all.shown), low: split(all.low), high: split(all.high) };
  const spot: Copies = {
    ...all,
    shown: all.shown - onDemand.shown,
    low: all.low - onDemand.low,
    high: all.high - onDemand.high,
  };
  const group = [launch.source.address];
  if (onDemand.high > 0) yield* copiesOf(machineLines(machine, resource), onDemand, group);
  if (spot.high > 0) yield* copiesOf(machineLines({ ...machine, isSpot: true }, resource), spot, group);
  yield* copiesOf(launch.disks, all, group);
}

export const awsAutoscalingGroup: PricedType = {
  unsupported(resource) {
    const launch = launchOf(resource);
    if (!launch) return "its launch template is not part of the plan";
    return launch.machine.tenancy === "host" ? "host tenancy without a host cannot be priced" : null;
  },
  *lines(resource) {
    const launch = launchOf(resource);
    if (!launch) return;
    const policy = mixedPolicy(resource);
    if (policy) yield* mixedLines(resource, launch, policy);
    else {
      const machine = machineLines(launch.machine, resource);
      yield* copiesOf([...machine, ...launch.disks], copies(resource, 1), [launch.source.address]);
    }
  },
};
