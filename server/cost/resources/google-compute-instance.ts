import type { Attributes } from "#server/cost/attributes.ts";
import { hourly, hoursPerMonth, type Line } from "#server/cost/line.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { diskKind, diskLine } from "./google-disk.ts";
import { customShape, type GoogleMachine, gpuLine, localSsdLine, machineLines } from "./google-machine.ts";

export const bootDiskGb = 10;

export function isPreemptible(scheduling: Attributes | undefined): boolean {
  return scheduling?.flag("preemptible") === true || scheduling?.text("provisioning_model") === "SPOT";
}

function machineOf(resource: ResourceView): GoogleMachine {
  return {
    type: resource.text("machine_type")?.split("/").at(-1) ?? "",
    isPreemptible: isPreemptible(resource.block("scheduling")),
    hours: resource.usage.number("monthly_hrs") ?? hoursPerMonth,
  };
}

/** A boot disk that already exists is counted where it is defined. */
function* bootDiskLine(resource: ResourceView): Iterable<Line> {
  const boot = resource.block("boot_disk");
  if (boot && (boot.isUnknown("source") || boot.text("source") !== undefined)) return;
  const params = boot?.block("initialize_params");
  const size = params?.number("size");
  yield diskLine({
    kind: diskKind(params?.text("type")),
    sizeGb: size ?? bootDiskGb,
    from: size === undefined ? "default" : "config",
  });
}

function* addressLine(resource: ResourceView): Iterable<Line> {
  const isPublic = resource.blocks("network_interface").some((network) => network.blocks("access_config").length > 0);
  if (!isPublic || !resource.chargesAddressesInUse) return;
  const price = { type: "google_compute_address", sku: "external ip, used on VM", unit: "hours" };
  yield hourly("External IP address", price, { billsWhile: "running" });
}

export const googleComputeInstance: PricedType = {
  unsupported: (resource) =>
    customShape(machineOf(resource).type)?.family === "E2" ? "E2 custom machines are not supported" : null,
  *lines(resource) {
    const machine = machineOf(resource);
    yield* machineLines(machine);
    yield* bootDiskLine(resource);
    const scratch = resource.blocks("scratch_disk").length;
    const localSsd = [{ sku: "Local SSD provisioned storage", unit: "GB" }];
    if (scratch > 0) yield localSsdLine(scratch, localSsd, machine.isPreemptible);
    for (const gpu of resource.blocks("guest_accelerator")) {
      yield gpuLine(gpu.text("type") ?? "", gpu.number("count") ?? 1, machine);
    }
    yield* addressLine(resource);
  },
};
