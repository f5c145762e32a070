import type { Attributes } from "#server/cost/attributes.ts";
import { hoursPerMonth, type Line } from "#server/cost/line.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { bootDiskGb, isPreemptible } from "./google-compute-instance.ts";
import { diskKind, diskLine } from "./google-disk.ts";
import { gpuLine, localSsdLine, machineLines } from "./google-machine.ts";
import { type Copies, copiesOf, exactly } from "./group-of-machines.ts";

const templateTypes = ["google_compute_instance_template", "google_compute_region_instance_template"];

function templateOf(resource: ResourceView): ResourceView | undefined {
  return templateTypes.flatMap((type) => [
    ...resource.targets("version", type),
    ...resource.targets("instance_template", type),
  ])[0];
}

function copies(resource: ResourceView): Copies {
  const stated = resource.number("target_size");
  const [scaler] = ["google_compute_autoscaler", "google_compute_region_autoscaler"].flatMap((type) =>
    resource.sources(type),
  );
  const policy = scaler?.block("autoscaling_policy");
  const min = policy?.number("min_replicas");
  const shown = stated ?? min ?? 1;
  if (!policy) return exactly(shown, stated === undefined ? "assumed" : "config");
  return {
    shown,
    low: Math.min(min ?? shown, shown),
    high: Math.max(policy.number("max_replicas") ?? shown, shown),
    from: "config",
  };
}

function diskLines(resource: ResourceView, disk: Attributes, isSpot: boolean): Line {
  if (disk.text("type") === "SCRATCH" || disk.text("disk_type") === "local-ssd") {
    const price = { type: resource.type, sku: "Local SSD provisioned storage", unit: "GB" };
    return localSsdLine(1, [price], isSpot);
  }
  const size = disk.number("disk_size_gb");
  return diskLine(
    {
      kind: diskKind(disk.text("disk_type")),
      sizeGb: size ?? bootDiskGb,
      from: size === undefined ? "default" : "config",
    },
    ["disk"],
  );
}

export const googleInstanceGroupManager: PricedType = {
  unsupported: (resource) => (templateOf(resource) ? null : "its instance template is not part of the plan"),
  *lines(resource) {
    const template = templateOf(resource);
    if (!template) return;
    const machine = {
      type: template.text("machine_type") ?? "",
      isPreemptible: isPreemptible(template.block("scheduling")),
      hours: resource.usage.number("monthly_hrs") ?? hoursPerMonth,
    };
    const lines = [
      ...machineLines(machine),
      ...template.blocks("disk").map((disk) => diskLines(resource, disk, machine.isPreemptible)),
      ...template
        .blocks("guest_accelerator")
        .map((gpu) => gpuLine(gpu.text("type") ?? "", gpu.number("count") ?? 1, machine)),
    ];
    yield* copiesOf(lines, copies(resource));
  },
};
