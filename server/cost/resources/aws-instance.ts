import { hourly, type Line } from "#server/cost/line.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { type EbsVolume, ebsLines } from "./ebs-storage.ts";
import { type Ec2Machine, machineLines } from "./ec2-machine.ts";
import {
  launchTemplateOf,
  type MappedVolume,
  machineOfTemplate,
  volumeOf,
  volumesOfTemplate,
} from "./launch-template.ts";

const rootDevices = new Set(["/dev/xvda", "/dev/sda1", "xvda", "sda1"]);

function templateOf(resource: ResourceView): ResourceView | undefined {
  const block = resource.block("launch_template");
  return block && launchTemplateOf(resource, block, "launch_template");
}

/** The instance's own arguments win over its template's. */
function machineOf(resource: ResourceView, template: ResourceView | undefined): Ec2Machine {
  const below = template && machineOfTemplate(template);
  const market = resource.block("instance_market_options")?.text("market_type");
  return {
    instanceType: resource.text("instance_type") ?? below?.instanceType ?? "",
    tenancy: resource.text("tenancy") ?? below?.tenancy ?? "default",
    isSpot: market === undefined ? (below?.isSpot ?? false) : market === "spot",
    isEbsOptimized: resource.flag("ebs_optimized") ?? below?.isEbsOptimized ?? false,
    isMonitored: resource.flag("monitoring") ?? below?.isMonitored ?? false,
    cpuCredits: resource.block("credit_specification")?.text("cpu_credits") ?? below?.cpuCredits,
  };
}

function mergeVolumes(own: readonly MappedVolume[], mapped: readonly MappedVolume[]): MappedVolume[] {
  const merged = own.map((volume) => {
    const below = mapped.find((candidate) => candidate.device === volume.device);
    const { kind, sizeGb, iops, throughput } = volume;
    return {
      device: volume.device,
      kind: kind ?? below?.kind,
      sizeGb: sizeGb ?? below?.sizeGb,
      iops: iops ?? below?.iops,
      throughput: throughput ?? below?.throughput,
    };
  });
  return [...merged, ...mapped.filter((volume) => !own.some((candidate) => candidate.device === volume.device))];
}

function rootVolume(resource: ResourceView, mapped: readonly MappedVolume[]): EbsVolume {
  const block = resource.block("root_block_device");
  const below = mapped.find((volume) => rootDevices.has(volume.device));
  const own = block ? volumeOf(block) : undefined;
  return {
    kind: own?.kind ?? below?.kind,
    sizeGb: own?.sizeGb ?? below?.sizeGb,
    iops: own?.iops ?? below?.iops,
    throughput: own?.throughput ?? below?.throughput,
  };
}

function* diskLines(resource: ResourceView, template: ResourceView | undefined): Iterable<Line> {
  const mapped = template ? volumesOfTemplate(template) : [];
  yield* ebsLines(rootVolume(resource, mapped), ["root_block_device"]);
  const own = resource.blocks("ebs_block_device").map((block) => ({
    device: block.text("device_name") ?? "",
    ...volumeOf(block),
  }));
  const data = mergeVolumes(
    own,
    mapped.filter((volume) => !rootDevices.has(volume.device)),
  );
  for (const [index, volume] of data.entries()) {
    const group = `ebs_block_device[${index}]`;
    yield* ebsLines({ ...volume, ioRequests: resource.usage.at(group).number("monthly_standard_io_requests") }, [
      group,
    ]);
  }
}

function isOnHost(resource: ResourceView): boolean {
  return resource.isUnknown("host_id") || resource.text("host_id") !== undefined;
}

export const awsInstance: PricedType = {
  unsupported(resource) {
    const { tenancy } = machineOf(resource, templateOf(resource));
    return tenancy === "host" && !isOnHost(resource) ? "host tenancy without a host cannot be priced" : null;
  },
  *lines(resource) {
    const template = templateOf(resource);
    const machine = machineOf(resource, template);
    if (!isOnHost(resource)) yield* machineLines(machine, resource);
    if (resource.flag("associate_public_ip_address") && resource.chargesAddressesInUse) {
      const price = { type: "aws_eip", sku: "Public IPv4 address, in use or idle", unit: "hours" };
      yield hourly("Public IPv4 address", price, { billsWhile: "running" });
    }
    yield* diskLines(resource, template);
  },
};

/** A spot request is an instance at a moving price. */
export const awsSpotInstanceRequest: PricedType = {
  *lines(resource) {
    yield* machineLines({ ...machineOf(resource, templateOf(resource)), isSpot: true }, resource);
    yield* diskLines(resource, templateOf(resource));
  },
};
