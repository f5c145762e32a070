import { allowance, fixed, type Line, metered, type Tier, tiered } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { table } from "#server/cost/table.ts";
import type { Usage } from "#server/cost/usage.ts";

const tib = 1024;
const transferTiers: readonly Tier[] = [
  { label: "first 10TB", upTo: 10 * tib },
  { label: "next 40TB", upTo: 50 * tib },
  { label: "next 100TB", upTo: 150 * tib },
  { label: "next 350TB", upTo: 500 * tib },
  { label: "next 524TB", upTo: 1024 * tib },
  { label: "next 4PB", upTo: 5120 * tib },
  { label: "over 5PB" },
];

const areas = table<string>({
  us: "US, Mexico, Canada",
  europe: "Europe, Israel",
  south_africa: "South Africa, Kenya, Middle East",
  south_america: "South America",
  japan: "Japan",
  australia: "Australia, New Zealand",
  asia_pacific: "Hong Kong, Philippines, Asia Pacific",
  india: "India",
});

/** Where an origin shield may stand: the name in the price sheet and the key in a usage file. */
const shields = table<readonly [place: string, usage: string]>({
  "us-east-1": ["US", "us"],
  "us-east-2": ["US", "us"],
  "us-west-2": ["US", "us"],
  "eu-west-1": ["Europe", "europe"],
  "eu-west-2": ["Europe", "europe"],
  "eu-central-1": ["Europe", "europe"],
  "sa-east-1": ["South America", "south_america"],
  "ap-northeast-1": ["Japan", "japan"],
  "ap-northeast-2": ["South Korea", "south_korea"],
  "ap-southeast-1": ["Singapore", "singapore"],
  "ap-southeast-2": ["Australia", "australia"],
  "ap-south-1": ["India", "india"],
});

const distribution = "us-east-1";
const freePaths = 1000;

function price(sku: string, unit: string) {
  return { sku, unit, region: distribution };
}

function countLine(name: string, unit: string, count: number | undefined, per: number): Line {
  return metered(name, unit, count === undefined ? null : amount(count).div(per), price(name, unit));
}

function encrypts(resource: ResourceView): boolean {
  const behaviours = [...resource.blocks("default_cache_behavior"), ...resource.blocks("ordered_cache_behavior")];
  return behaviours.some(
    (item) => item.isUnknown("field_level_encryption_id") || item.text("field_level_encryption_id"),
  );
}

function* shieldLines(resource: ResourceView): Iterable<Line> {
  const regions = new Set<string>();
  for (const origin of resource.blocks("origin")) {
    const shield = origin.block("origin_shield");
    if (shield?.flag("enabled")) regions.add(shield.text("origin_shield_region") ?? "");
  }
  for (const region of regions) {
    const [place, usage] = shields[region] ?? [region, region];
    const name = `Origin shield HTTP requests (${place} ${region})`;
    yield countLine(name, "10k requests", resource.usage.at("monthly_shield_requests").number(usage), 10_000);
  }
}

function* featureLines(resource: ResourceView): Iterable<Line> {
  const { usage } = resource;
  if (encrypts(resource)) {
    yield countLine(
      "Field level encryption requests",
      "10k requests",
      usage.number("monthly_encryption_requests"),
      10_000,
    );
  }
  if (resource.block("logging_config")) {
    yield countLine("Real-time log requests", "1M lines", usage.number("monthly_log_lines"), 1_000_000);
  }
  const certificates = usage.number("custom_ssl_certificates");
  if (resource.block("viewer_certificate")?.text("ssl_support_method") === "vip" || certificates !== undefined) {
    const name = "Dedicated IP custom SSLs";
    yield fixed(name, "certificates", certificates ?? 1, price(name, "certificates"), {
      from: certificates === undefined ? "config" : "usage",
    });
  }
}

/** The first thousand paths a month cost nothing, so only what is over has a price. */
function* invalidationLines(usage: Usage): Iterable<Line> {
  const paths = usage.number("monthly_invalidation_requests");
  const within = paths === undefined ? null : Math.min(paths, freePaths);
  yield allowance("Invalidation requests (first 1k)", "paths", within, "free of charge");
  const over = paths === undefined ? null : Math.max(0, paths - freePaths);
  const name = "Invalidation requests (over 1k)";
  yield metered(name, "paths", over, price(name, "paths"));
}

function* areaLines(usage: Usage, area: string): Iterable<Line> {
  const group = [areas[area]!];
  const sku = (name: string) => `${areas[area]} > ${name}`;
  const gb = usage.at("monthly_data_transfer_to_internet_gb").number(area);
  yield* tiered(
    transferTiers,
    "GB",
    gb,
    (label) => {
      const name = `Data transfer out to internet (${label})`;
      return { name, prices: price(sku(name), "GB") };
    },
    { group },
  );
  const origin = usage.at("monthly_data_transfer_to_origin_gb").number(area);
  yield metered("Data transfer out to origin", "GB", origin, price(sku("Data transfer out to origin"), "GB"), {
    group,
  });
  for (const kind of ["HTTP", "HTTPS"]) {
    const name = `${kind} requests`;
    const count = usage.at(`monthly_${kind.toLowerCase()}_requests`).number(area);
    const quantity = count === undefined ? null : amount(count).div(10_000);
    yield metered(name, "10k requests", quantity, price(sku(name), "10k requests"), { group });
  }
}

const areaUsages = [
  "monthly_data_transfer_to_internet_gb",
  "monthly_data_transfer_to_origin_gb",
  "monthly_http_requests",
  "monthly_https_requests",
];

export const awsCloudfrontDistribution: PricedType = {
  *lines(resource) {
    const { usage } = resource;
    yield* featureLines(resource);
    yield* shieldLines(resource);
    yield* invalidationLines(usage);
    const used = Object.keys(areas).filter((area) =>
      areaUsages.some((name) => usage.at(name).number(area) !== undefined),
    );
    for (const area of used.length > 0 ? used : ["us"]) yield* areaLines(usage, area);
  },
};
