import { hourly, hoursPerMonth, metered, type Tier, tiered } from "#server/cost/line.ts";
import type { PricedType } from "#server/cost/priced-type.ts";

function kinesisQuery(name: string, unit: string, mode: string) {
  return { sku: name, unit, attributes: { stream_mode: mode } };
}

const onDemandStream = [
  ["Data ingested", "GB", "monthly_on_demand_data_in_gb"],
  ["Data retrieval", "GB", "monthly_on_demand_data_out_gb"],
  ["Enhanced Fan Out (EFO) Data retrieval", "GB", "monthly_on_demand_efo_data_out_gb"],
  ["Extended retention (24H to 7D)", "GB", "monthly_on_demand_extended_retention_gb"],
  ["Long term retention (7D+)", "GB", "monthly_on_demand_long_term_retention_gb"],
] as const;
const provisionedStream = [
  ["Put request unit", "units", "monthly_provisioned_put_units"],
  ["Extended retention (24H to 7D)", "GB", "monthly_provisioned_extended_retention_gb"],
  ["Long term retention (7D+)", "GB", "monthly_provisioned_long_term_retention_gb"],
  ["Extended retention retrieval (7D+)", "GB", "monthly_provisioned_long_term_retrieval_gb"],
  ["Enhanced Fan Out (EFO) Data retrieval", "GB", "monthly_provisioned_efo_data_out_gb"],
  ["Enhanced Fan Out (EFO)", "consumer-shard hour", "monthly_provisioned_efo_consumer_hours"],
] as const;

export const awsKinesisStream: PricedType = {
  *lines(resource) {
    const stated = resource.block("stream_mode_details")?.text("stream_mode") ?? "PROVISIONED";
    const isOnDemand = stated === "ON_DEMAND";
    const mode = isOnDemand ? "on-demand" : "provisioned";
    const shards = isOnDemand ? 1 : (resource.number("shard_count") ?? 1);
    yield hourly(stated, { sku: stated, unit: "hours" }, { hours: shards * hoursPerMonth });
    for (const [name, unit, key] of isOnDemand ? onDemandStream : provisionedStream) {
      yield metered(name, unit, resource.usage.number(key), kinesisQuery(name, unit, mode));
    }
  },
};

const firehoseTiers: readonly Tier[] = [
  { label: "first 500TB", upTo: 512_000 },
  { label: "next 1.5PB", upTo: 2_048_000 },
  { label: "next 3PB", upTo: 5_120_000 },
];

export const awsKinesisFirehoseDeliveryStream: PricedType = {
  *lines(resource) {
    const gb = resource.usage.number("monthly_data_ingested_gb");
    yield* tiered(firehoseTiers, "GB", gb, (label) => {
      const name = `Data ingested (${label})`;
      return { name, prices: { sku: name, unit: "GB" } };
    });
    const target = resource.block("extended_s3_configuration");
    const converts =
      target?.block("data_format_conversion_configuration")?.flag("enabled") ??
      target?.block("data_format_conversion_configuration") !== undefined;
    if (converts) yield metered("Format conversion", "GB", gb, { sku: "Format conversion", unit: "GB" });
    const vpc = ["elasticsearch_configuration", "opensearch_configuration"]
      .map((name) => resource.block(name)?.block("vpc_config"))
      .find((block) => block !== undefined);
    if (!vpc) return;
    yield metered("VPC data", "GB", gb, { sku: "VPC data", unit: "GB" });
    const zones = Math.max(1, vpc.list("subnet_ids").length);
    yield hourly("VPC AZ delivery", { sku: "VPC AZ delivery", unit: "hours" }, { hours: zones * hoursPerMonth });
  },
};
