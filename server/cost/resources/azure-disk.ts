import { fixed, type Line, metered } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType } from "#server/cost/priced-type.ts";
import { table } from "#server/cost/table.ts";
import type { Usage } from "#server/cost/usage.ts";

/** Disks are sold in sizes: the smallest that holds what is asked for is billed. */
const sizes: readonly [gib: number, number: number][] = [
  [4, 1],
  [8, 2],
  [16, 3],
  [32, 4],
  [64, 6],
  [128, 10],
  [256, 15],
  [512, 20],
  [1024, 30],
  [2048, 40],
  [4096, 50],
  [8192, 60],
  [16_384, 70],
  [32_767, 80],
];

const families = table<string>({ Standard: "S", StandardSSD: "E", Premium: "P" });
const smallestStandard = 4;
const defaultGib = 30;

export interface AzureDisk {
  /** `Standard_LRS`, `StandardSSD_ZRS`, `Premium_LRS`, `UltraSSD_LRS`… */
  account: string;
  sizeGib: number | undefined;
  iops?: number | undefined;
  mbps?: number | undefined;
}

function query(sku: string, unit: string) {
  return { type: "azurerm_managed_disk", sku, unit };
}

function* ultraLines(disk: AzureDisk, group: readonly string[]): Iterable<Line> {
  const asked = disk.sizeGib ?? 1024;
  const size = asked > 1024 ? Math.ceil(asked / 1024) * 1024 : 2 ** Math.ceil(Math.log2(Math.max(4, asked)));
  const from = disk.sizeGib === undefined ? "default" : "config";
  yield fixed(`Storage (ultra, ${size} GiB)`, "GiB", size, query("Storage (ultra)", "GiB"), { group, from });
  yield fixed("Provisioned IOPS", "IOPS", disk.iops ?? 2048, query("Provisioned IOPS", "IOPS"), { group });
  yield fixed("Throughput", "MB/s", disk.mbps ?? 8, query("Throughput", "MB/s"), { group });
}

/** The lines of one managed disk, attached or not. */
export function* azureDiskLines(disk: AzureDisk, usage: Usage, group: readonly string[] = []): Iterable<Line> {
  const [kind = "Standard", redundancy = "LRS"] = disk.account.split("_");
  if (kind === "UltraSSD") {
    yield* ultraLines(disk, group);
    return;
  }
  const family = families[kind] ?? kind;
  const least = family === "S" ? smallestStandard : 1;
  const asked = disk.sizeGib ?? defaultGib;
  const size = sizes.find(([gib, number]) => gib >= asked && number >= least) ?? sizes.at(-1)!;
  const name = `Storage (${family}${size[1]}, ${redundancy})`;
  yield fixed(name, "months", 1, query(name, "months"), {
    group,
    from: disk.sizeGib === undefined ? "default" : "config",
  });
  if (family === "P") return;
  const operations = usage.number("monthly_disk_operations");
  const quantity = operations === undefined ? null : amount(operations).div(10_000);
  const price = { ...query("Disk operations", "10k operations"), attributes: { storage_account_type: disk.account } };
  yield metered("Disk operations", "10k operations", quantity, price, { group });
}

export const azurermManagedDisk: PricedType = {
  lines: (resource) =>
    azureDiskLines(
      {
        account: resource.text("storage_account_type") ?? "Standard_LRS",
        sizeGib: resource.number("disk_size_gb"),
        iops: resource.number("disk_iops_read_write"),
        mbps: resource.number("disk_mbps_read_write"),
      },
      resource.usage,
    ),
};
