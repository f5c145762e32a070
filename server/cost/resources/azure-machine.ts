import { hourly, hoursPerMonth, type Line, metered } from "#server/cost/line.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { type AzureDisk, azureDiskLines } from "./azure-disk.ts";
import { copiesOf, exactly } from "./group-of-machines.ts";

export interface AzureMachine {
  size: string;
  os: "Linux" | "Windows";
  /** A Windows licence the customer already owns. */
  ownsLicence?: boolean;
  isSpot?: boolean;
  hours?: number | undefined;
}

export function azureMachineLine(machine: AzureMachine): Line {
  const plan = machine.ownsLicence ? "hybrid benefit" : "pay as you go";
  const price = {
    type: "azurerm_virtual_machine",
    sku: machine.size,
    unit: "hours",
    attributes: { os: machine.os, plan },
  };
  const term = machine.isSpot ? "spot" : plan;
  return hourly(`Instance usage (${machine.os}, ${term}, ${machine.size})`, price, {
    hours: machine.hours ?? hoursPerMonth,
    isSpot: machine.isSpot ?? false,
    billsWhile: "running",
  });
}

/** Whether a size can use premium disks: the "s" of its name says so. */
export function takesPremiumDisks(size: string): boolean {
  return /^(standard|basic)_(?:[a-z]*s\d|[a-z]+\d+(?:-\d+)?[a-z]*s)/i.test(size);
}

const licences = ["Windows_Client", "Windows_Server"];

/** Machines say `size`, scale sets `sku` (a block in the old one), the old machine `vm_size`. */
function sizeOf(resource: ResourceView): string {
  const sku = typeof resource.values.sku === "string" ? resource.values.sku : undefined;
  return (
    resource.text("size") ??
    resource.text("vm_size") ??
    sku ??
    (resource.isUnknown("sku") ? resource.text("sku") : undefined) ??
    ""
  );
}

function machineOf(resource: ResourceView, os: AzureMachine["os"]): AzureMachine {
  return {
    size: sizeOf(resource),
    os,
    ownsLicence: licences.includes(resource.text("license_type") ?? ""),
    isSpot: resource.text("priority") === "Spot",
    hours: resource.usage.number("monthly_hrs"),
  };
}

function osDisk(resource: ResourceView): AzureDisk {
  const disk = resource.block("os_disk");
  return { account: disk?.text("storage_account_type") ?? "Standard_LRS", sizeGib: disk?.number("disk_size_gb") };
}

function* machineLines(resource: ResourceView, os: AzureMachine["os"]): Iterable<Line> {
  yield azureMachineLine(machineOf(resource, os));
  if (resource.block("additional_capabilities")?.flag("ultra_ssd_enabled")) {
    const name = "Ultra disk reservation (if unattached)";
    const reserved = resource.usage.number("reserved_vcpus");
    yield metered(name, "vCPU", reserved, { type: "azurerm_managed_disk", sku: name, unit: "vCPU" });
  }
  yield* azureDiskLines(osDisk(resource), resource.usage.at("os_disk"), ["os_disk"]);
}

export function azureVirtualMachine(os: AzureMachine["os"]): PricedType {
  return { lines: (resource) => machineLines(resource, os) };
}

export function azureScaleSet(os: AzureMachine["os"]): PricedType {
  return {
    lines(resource) {
      const usage = resource.usage.number("instances");
      const copies = usage === undefined ? exactly(resource.number("instances") ?? 1) : exactly(usage, "usage");
      return copiesOf(machineLines(resource, os), copies);
    },
  };
}

function isWindows(resource: ResourceView): boolean {
  if (resource.block("os_profile_windows_config")) return true;
  const offer = resource.block("storage_image_reference")?.text("offer") ?? "";
  return resource.block("storage_os_disk")?.text("os_type") === "Windows" || /windows/i.test(offer);
}

/** The old resource for either system, with its disks inside. */
export const azurermVirtualMachine: PricedType = {
  *lines(resource) {
    yield azureMachineLine(machineOf(resource, isWindows(resource) ? "Windows" : "Linux"));
    for (const name of ["storage_os_disk", "storage_data_disk"]) {
      for (const block of resource.blocks(name)) {
        const account = block.text("managed_disk_type") ?? "Standard_LRS";
        const disk = { account, sizeGib: block.number("disk_size_gb") };
        yield* azureDiskLines(disk, resource.usage.at(name), [name]);
      }
    }
  },
};

/** The old scale set for either system: its size and number stand in a block of their own. */
export const azurermVirtualMachineScaleSet: PricedType = {
  *lines(resource) {
    const sku = resource.block("sku");
    const offer = resource.block("storage_profile_image_reference")?.text("offer") ?? "";
    const isWindowsSet = resource.block("os_profile_windows_config") !== undefined || /windows/i.test(offer);
    const machine = { ...machineOf(resource, isWindowsSet ? "Windows" : "Linux"), size: sku?.text("name") ?? "" };
    const lines = [azureMachineLine(machine)];
    for (const name of ["storage_profile_os_disk", "storage_profile_data_disk"]) {
      for (const block of resource.blocks(name)) {
        const disk = {
          account: block.text("managed_disk_type") ?? "Standard_LRS",
          sizeGib: block.number("disk_size_gb"),
        };
        lines.push(...azureDiskLines(disk, resource.usage.at(name), [name]));
      }
    }
    const used = resource.usage.number("instances");
    yield* copiesOf(lines, used === undefined ? exactly(sku?.number("capacity") ?? 1) : exactly(used, "usage"));
  },
};
