import type { QuantityFrom } from "#server/cost/cost.ts";
import { fixed, type Line, metered } from "#server/cost/line.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { table } from "#server/cost/table.ts";

interface DiskKind {
  label: string;
  defaultGb: number;
  /** Provisioned by default where the kind has a rate of its own for IOPS. */
  iops?: number;
}

const kinds = table<DiskKind>({
  "pd-standard": { label: "Standard provisioned storage", defaultGb: 500 },
  "pd-balanced": { label: "Balanced provisioned storage", defaultGb: 100 },
  "pd-ssd": { label: "SSD provisioned storage", defaultGb: 100 },
  "pd-extreme": { label: "Extreme provisioned storage", defaultGb: 1000, iops: 100_000 },
  "hyperdisk-extreme": { label: "Hyperdisk provisioned storage", defaultGb: 1000, iops: 350_000 },
});

function diskName(kind: string): string {
  return `${kinds[kind]?.label ?? "Provisioned storage"} (${kind})`;
}

export interface Disk {
  kind: string;
  sizeGb: number;
  from?: QuantityFrom;
  isRegional?: boolean;
}

export function diskLine(disk: Disk, group: readonly string[] = []): Line {
  const attributes = disk.isRegional ? { replicated: "regional" } : {};
  const price = { type: "google_compute_disk", sku: disk.kind, unit: "GiB-month", attributes };
  return fixed(diskName(disk.kind), "GB", disk.sizeGb, price, { group, from: disk.from ?? "config" });
}

/** `projects/p/zones/z/diskTypes/pd-ssd` and `pd-ssd` are one type. */
export function diskKind(text: string | undefined): string {
  return text?.split("/").at(-1) ?? "pd-standard";
}

const sources = [
  ["image", "google_compute_image"],
  ["snapshot", "google_compute_snapshot"],
  ["source_disk", "google_compute_disk"],
  ["source_disk", "google_compute_region_disk"],
  ["source_image", "google_compute_image"],
  ["source_snapshot", "google_compute_snapshot"],
] as const;

/** Size of a disk, image or snapshot, through what it is made from. */
export function sizeOf(resource: ResourceView, hops = 0): { sizeGb: number; from: QuantityFrom } | null {
  const own = resource.number("size") ?? resource.number("disk_size_gb");
  if (own !== undefined) return { sizeGb: own, from: "config" };
  for (const [attribute, type] of hops < 8 ? sources : []) {
    const [source] = resource.targets(attribute, type);
    const size = source && sizeOf(source, hops + 1);
    if (size) return size;
  }
  if (!resource.type.endsWith("_disk")) return null;
  return { sizeGb: kinds[diskKind(resource.text("type"))]?.defaultGb ?? 100, from: "default" };
}

function iopsLine(resource: ResourceView, kind: string): Line | null {
  const included = kinds[kind]?.iops;
  if (included === undefined) return null;
  const stated = resource.number("provisioned_iops");
  const price = { type: "google_compute_disk", sku: "Provisioned IOPS", unit: "IOPS", attributes: { type: kind } };
  return fixed("Provisioned IOPS", "IOPS", stated ?? included, price, {
    from: stated === undefined ? "default" : "config",
  });
}

export const googleComputeDisk: PricedType = {
  *lines(resource) {
    const kind = diskKind(resource.text("type"));
    const size = sizeOf(resource) ?? { sizeGb: 100, from: "default" as const };
    yield diskLine({ kind, ...size, isRegional: resource.type === "google_compute_region_disk" });
    const iops = iopsLine(resource, kind);
    if (iops) yield iops;
  },
};

function storedCopy(resource: ResourceView, fallback: { type: string; sku: string; unit: string } | null): Line {
  const stated = resource.usage.number("storage_gb");
  const size = stated === undefined ? sizeOf(resource) : null;
  const prices = [{ sku: "Storage", unit: "GB" }, ...(fallback ? [fallback] : [])];
  const from = stated === undefined ? (size?.from ?? "unknown") : "usage";
  return metered("Storage", "GB", stated ?? size?.sizeGb, prices, { from, billsWhile: "provisioned" });
}

export const googleComputeImage: PricedType = { lines: (resource) => [storedCopy(resource, null)] };
export const googleComputeSnapshot: PricedType = {
  lines: (resource) => [storedCopy(resource, { type: "google_compute_snapshot", sku: "snapshot", unit: "GiB-month" })],
};
