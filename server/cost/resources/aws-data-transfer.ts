import { metered, type Tier, tiered } from "#server/cost/line.ts";
import type { PricedType } from "#server/cost/priced-type.ts";

const tib = 1024;
const internetTiers: readonly Tier[] = [
  { label: "first 10TB", upTo: 10 * tib },
  { label: "next 40TB", upTo: 50 * tib },
  { label: "next 100TB", upTo: 150 * tib },
  { label: "over 150TB" },
];

function price(sku: string) {
  return { type: "aws_data_transfer", sku, unit: "GB" };
}

/** No resource stands for data transfer: the usage file alone says how much and from which region. */
export const awsDataTransfer: PricedType = {
  unsupported: (resource) => (resource.region?.startsWith("cn-") ? "regions billed in CNY are not supported" : null),
  *lines(resource) {
    const { usage } = resource;
    const within = usage.number("monthly_intra_region_gb");
    const intra = "Intra-region data transfer";
    if (within !== undefined) yield metered(intra, "GB", within * 2, price(intra), { note: "both ends are billed" });
    const internet = usage.number("monthly_outbound_internet_gb");
    if (internet !== undefined) {
      yield* tiered(internetTiers, "GB", internet, (label) => {
        const name = `Outbound data transfer to Internet (${label})`;
        return { name, prices: price(name) };
      });
    }
    const places = [
      ["Outbound data transfer to US East regions", "monthly_outbound_us_east_to_us_east_gb"],
      ["Outbound data transfer to other regions", "monthly_outbound_other_regions_gb"],
    ] as const;
    for (const [name, key] of places) {
      const quantity = usage.number(key);
      if (quantity !== undefined) yield metered(name, "GB", quantity, price(name));
    }
  },
};
