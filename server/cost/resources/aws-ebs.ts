import { fixed, type Line, metered } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { ebsLines } from "./ebs-storage.ts";

export const awsEbsVolume: PricedType = {
  lines: (resource) =>
    ebsLines({
      kind: resource.text("type"),
      sizeGb: resource.number("size"),
      iops: resource.number("iops"),
      throughput: resource.number("throughput"),
      ioRequests: resource.usage.number("monthly_standard_io_requests"),
    }),
};

const defaultSizeGb = 8;

function sizeOf(resource: ResourceView): { sizeGb: number; isKnown: boolean } {
  const [volume] = resource.targets("volume_id", "aws_ebs_volume");
  const [snapshot] = resource.targets("source_snapshot_id", "aws_ebs_snapshot");
  if (!volume && snapshot && snapshot !== resource) return sizeOf(snapshot);
  const size = volume?.number("size");
  return size === undefined ? { sizeGb: defaultSizeGb, isKnown: false } : { sizeGb: size, isKnown: true };
}

/** A full copy is the most a first snapshot can hold; later ones keep only what changed. */
function storageLine(resource: ResourceView): Line {
  const { sizeGb, isKnown } = sizeOf(resource);
  const price = { type: "aws_ebs_snapshot", sku: "EBS snapshot storage", unit: "GB" };
  const from = isKnown ? "config" : "default";
  return metered("EBS snapshot storage", "GB", sizeGb, price, { from, billsWhile: "provisioned" });
}

export const awsEbsSnapshot: PricedType = {
  *lines(resource) {
    yield storageLine(resource);
    const requests = (usage: string) => {
      const count = resource.usage.number(usage);
      return count === undefined ? null : amount(count).div(1000);
    };
    const parts = [
      ["Fast snapshot restore", "DSU-hours", resource.usage.number("fast_snapshot_restore_hours")],
      ["ListChangedBlocks & ListSnapshotBlocks API requests", "1k requests", requests("monthly_list_block_requests")],
      ["GetSnapshotBlock API requests", "1k SnapshotAPIUnits", requests("monthly_get_block_requests")],
      ["PutSnapshotBlock API requests", "1k SnapshotAPIUnits", requests("monthly_put_block_requests")],
    ] as const;
    for (const [name, unit, quantity] of parts) yield metered(name, unit, quantity, { sku: name, unit });
  },
};

export const awsEbsSnapshotCopy: PricedType = { lines: (resource) => [storageLine(resource)] };

/** A dedicated host has a price of its own that no sheet of the catalogue lists. */
export const awsEc2Host: PricedType = {
  *lines(resource) {
    const family = resource.text("instance_family") ?? resource.text("instance_type")?.split(".")[0] ?? "";
    const name = `EC2 Dedicated Host (on-demand, ${family})`;
    yield fixed(name, "hours", 730, { sku: name, unit: "hours" });
  },
};
