import { hourly, hoursPerMonth, type Line, metered, type Tier, tiered } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { table } from "#server/cost/table.ts";

const machineUsers = ["google_compute_instance", "google_compute_instance_template", "google_compute_router_nat"];
const ruleUsers = ["google_compute_forwarding_rule", "google_compute_global_forwarding_rule"];

function isUsedBy(resource: ResourceView, types: readonly string[]): boolean {
  return types.some((type) => resource.sources(type).length > 0);
}

export const googleComputeAddress: PricedType = {
  free(resource) {
    if (resource.text("address_type") === "INTERNAL") return "an internal address is free";
    return isUsedBy(resource, ruleUsers) ? "an address of a forwarding rule is part of the rule's price" : null;
  },
  *lines(resource) {
    const used = { sku: "IP address (standard VM)", unit: "hours" };
    const unused = { sku: "IP address (unused)", unit: "hours" };
    if (isUsedBy(resource, machineUsers)) {
      yield hourly(used.sku, [used, { sku: "external ip, used on VM", unit: "hours" }]);
    } else yield hourly(unused.sku, [unused, { sku: "external ip, unused", unit: "hours" }]);
  },
};

export const googleComputeGlobalAddress: PricedType = {
  free: googleComputeAddress.free!,
  *lines() {
    const unused = { sku: "IP address (unused)", unit: "hours" };
    yield hourly(unused.sku, [unused, { ...unused, region: "us-central1" }]);
  },
};

const tib = 1024;
const egressTiers: readonly Tier[] = [
  { label: "first 1TB", upTo: tib },
  { label: "next 9TB", upTo: 10 * tib },
  { label: "over 10TB" },
];

const ipsecDestinations = [
  ["IPSec traffic to worldwide excluding China, Australia but including Hong Kong", "worldwide"],
  ["IPSec traffic to China excluding Hong Kong", "china"],
  ["IPSec traffic to Australia", "australia"],
] as const;

export const googleComputeExternalVpnGateway: PricedType = {
  *lines(resource) {
    const usage = resource.usage.at("monthly_egress_data_transfer_gb");
    for (const [destination, key] of ipsecDestinations) {
      yield* tiered(
        egressTiers,
        "GB",
        usage.number(key),
        (label) => {
          const name = `${destination} (${label})`;
          return { name, prices: { sku: `Network egress > ${name}`, unit: "GB" } };
        },
        { group: ["Network egress"] },
      );
    }
  },
};

/** Traffic between machines of Google's own network, by where both ends are. */
const pairs = [
  ["within the same region", "same_region"],
  ["within the US or Canada", "us_or_canada"],
  ["within Europe", "europe"],
  ["within Asia", "asia"],
  ["within South America", "south_america"],
  ["to/from Indonesia and Oceania", "oceania"],
  ["between continents (excludes Oceania)", "worldwide"],
] as const;

export function googlePairedEgress(subject: string): PricedType {
  return {
    *lines(resource): Iterable<Line> {
      const usage = resource.usage.at("monthly_egress_data_transfer_gb");
      for (const [place, key] of pairs) {
        const name = `${subject} ${place}`;
        const price = { sku: `Network egress > ${name}`, unit: "GB" };
        yield metered(name, "GB", usage.number(key), price, { group: ["Network egress"] });
      }
    },
  };
}

/** Memory of a function decides its share of a processor, in GHz. */
const functionGhz: [upToMb: number, ghz: string][] = [
  [128, "0.2"],
  [256, "0.4"],
  [512, "0.8"],
  [1024, "1.4"],
  [2048, "2.4"],
  [Number.POSITIVE_INFINITY, "4.8"],
];
const durationStepMs = 100;

export const googleCloudfunctionsFunction: PricedType = {
  *lines(resource) {
    const { usage } = resource;
    const memory = resource.number("available_memory_mb") ?? 256;
    const calls = usage.number("monthly_function_invocations");
    const duration = usage.number("request_duration_ms");
    const isStated = calls !== undefined && duration !== undefined;
    const seconds = isStated
      ? amount(Math.ceil(duration / durationStepMs) * durationStepMs)
          .div(1000)
          .times(calls)
      : null;
    const ghz = functionGhz.find(([upTo]) => memory <= upTo)?.[1] ?? "4.8";
    yield metered("CPU", "GHz-seconds", seconds?.times(ghz), { sku: "CPU", unit: "GHz-seconds" });
    yield metered("Memory", "GB-seconds", seconds?.times(memory).div(1024), { sku: "Memory", unit: "GB-seconds" });
    yield metered("Invocations", "invocations", calls, { sku: "Invocations", unit: "invocations" });
    const out = { sku: "Outbound data transfer", unit: "GB" };
    yield metered("Outbound data transfer", "GB", usage.number("monthly_outbound_data_gb"), out);
  },
};

const redisNodes = table<string>({
  REDIS_SHARED_CORE_NANO: "shared core nano",
  REDIS_STANDARD_SMALL: "standard small",
  REDIS_HIGHMEM_MEDIUM: "highmem medium",
  REDIS_HIGHMEM_XLARGE: "highmem xlarge",
});

export const googleRedisCluster: PricedType = {
  *lines(resource) {
    const shards = resource.number("shard_count") ?? 1;
    const nodes = shards * (1 + (resource.number("replica_count") ?? 0));
    const kind = redisNodes[resource.text("node_type") ?? "REDIS_HIGHMEM_MEDIUM"] ?? resource.text("node_type") ?? "";
    const name = `Cluster node (${kind})`;
    yield hourly(name, { sku: name, unit: "hours" }, { hours: nodes * hoursPerMonth });
    const backups = resource.usage.number("backup_storage_gb");
    yield metered("Backups", "GB", backups, { sku: "Backups", unit: "GB" }, { billsWhile: "provisioned" });
  },
};
