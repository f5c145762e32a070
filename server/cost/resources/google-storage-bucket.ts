import { type Line, metered, type PriceQuery, type Tier, tiered } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { table } from "#server/cost/table.ts";

const tib = 1024;
const egressTiers: readonly Tier[] = [
  { label: "first 1TB", upTo: tib },
  { label: "next 9TB", upTo: 10 * tib },
  { label: "over 10TB" },
];

const destinations = [
  ["Data transfer to worldwide excluding Asia, Australia", "worldwide"],
  ["Data transfer to Asia excluding China, but including Hong Kong", "asia"],
  ["Data transfer to China excluding Hong Kong", "china"],
  ["Data transfer to Australia", "australia"],
] as const;

const multiRegions = table<string>({ US: "us-multi", EU: "europe-multi", ASIA: "asia-multi" });
const dualRegions = new Set(["nam4", "eur4", "asia1"]);

/** Two ways a sheet names the place of a bucket: as written, and by kind of region. */
function placeOf(resource: ResourceView): { written: string; region: string; suffix: string } {
  const location = resource.text("location") ?? "US";
  const upper = location.toUpperCase();
  const lower = location.toLowerCase();
  if (multiRegions[upper]) return { written: upper, region: multiRegions[upper], suffix: "-multi" };
  return { written: lower, region: lower, suffix: dualRegions.has(lower) ? "-dual" : "" };
}

function storageLine(resource: ResourceView, storageClass: string): Line {
  const { written, region, suffix } = placeOf(resource);
  const name = `Storage (${storageClass})`;
  const prices = [
    { sku: name, unit: "GiB", region: written },
    { sku: "storage", unit: "GiB-month", region, attributes: { class: `${storageClass}${suffix}` } },
  ];
  return metered(name, "GiB", resource.usage.number("storage_gb"), prices, { billsWhile: "provisioned" });
}

/** Buckets and image registries move data out at the same rates. */
export function* egressLines(resource: ResourceView, region: string): Iterable<Line> {
  const usage = resource.usage.at("monthly_egress_data_transfer_gb");
  const group = ["Network egress"];
  const price = (name: string): PriceQuery => ({ sku: `Network egress > ${name}`, unit: "GB", region });
  const same = "Data transfer in same continent";
  yield metered(same, "GB", usage.number("same_continent"), price(same), { group });
  for (const [destination, key] of destinations) {
    yield* tiered(
      egressTiers,
      "GB",
      usage.number(key),
      (label) => {
        const name = `${destination} (${label})`;
        return { name, prices: price(name) };
      },
      { group },
    );
  }
}

export function* operationLines(resource: ResourceView, region: string): Iterable<Line> {
  const operations = [
    ["Object adds, bucket/object list (class A)", "monthly_class_a_operations"],
    ["Object gets, retrieve bucket/object metadata (class B)", "monthly_class_b_operations"],
  ] as const;
  const unit = "10k operations";
  for (const [name, key] of operations) {
    const count = resource.usage.number(key);
    yield metered(name, unit, count === undefined ? null : amount(count).div(10_000), { sku: name, unit, region });
  }
}

export const googleStorageBucket: PricedType = {
  *lines(resource) {
    const storageClass = (resource.text("storage_class") ?? "STANDARD").toLowerCase();
    const { written } = placeOf(resource);
    yield storageLine(resource, storageClass);
    if (storageClass !== "standard") {
      const price = { sku: "Data retrieval", unit: "GB", region: written };
      yield metered("Data retrieval", "GB", resource.usage.number("monthly_data_retrieval_gb"), price);
    }
    yield* operationLines(resource, written);
    yield* egressLines(resource, written);
  },
};
