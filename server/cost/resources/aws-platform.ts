import { fixed, hourly, hoursPerMonth, type Line, metered, type Tier, tiered } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { memberCount } from "./member-count.ts";

const million = 1_000_000;

function per(count: number | undefined, unit: number): ReturnType<typeof amount> | null {
  return count === undefined ? null : amount(count).div(unit);
}

const alarmPeriodHigh = 60;

/** A band is three metrics: the value and its two edges. */
const metricsOfBand = 3;

export const awsCloudwatchMetricAlarm: PricedType = {
  *lines(resource) {
    const queries = resource.blocks("metric_query");
    const metrics = queries.flatMap((query) => query.blocks("metric"));
    const periods = metrics.map((metric) => metric.number("period")).filter((period) => period !== undefined);
    const period = resource.number("period") ?? periods[0] ?? 300;
    const resolution = period < alarmPeriodHigh ? "High resolution" : "Standard resolution";
    const isAnomaly = queries.some((query) => query.text("expression")?.startsWith("ANOMALY_DETECTION_BAND"));
    if (isAnomaly) {
      const name = `${resolution} anomaly detection`;
      yield fixed(name, "alarms", metricsOfBand, { sku: name, unit: "alarms" });
      return;
    }
    yield fixed(resolution, "alarm metrics", Math.max(1, metrics.length), { sku: resolution, unit: "alarm metrics" });
  },
};

const gatewayTiers: readonly Tier[] = [
  { label: "first 1PB", upTo: 1_048_576 },
  { label: "next 4PB", upTo: 5_242_880 },
  { label: "over 5PB" },
];

export const awsVpcEndpoint: PricedType = {
  free: (resource) =>
    (resource.text("vpc_endpoint_type") ?? "Gateway") === "Gateway" ? "gateway endpoints are free" : null,
  *lines(resource) {
    const kind = resource.text("vpc_endpoint_type") ?? "Interface";
    const processed = resource.usage.number("monthly_data_processed_gb");
    if (kind === "GatewayLoadBalancer") {
      yield metered("Data processed", "GB", processed, { sku: "Data processed", unit: "GB" });
    } else {
      yield* tiered(gatewayTiers, "GB", processed, (label) => {
        const name = `Data processed (${label})`;
        return { name, prices: { sku: name, unit: "GB" } };
      });
    }
    const { count, ...basis } = memberCount(resource, "subnet_ids", "aws_subnet");
    const name = `Endpoint (${kind})`;
    yield hourly(name, { sku: name, unit: "hours" }, { hours: Math.max(1, count) * hoursPerMonth, ...basis });
  },
};

const requestChunkKb = 512;
const messageChunkKb = 32;

export const awsApigatewayv2Api: PricedType = {
  *lines(resource) {
    const { usage } = resource;
    const line = (kind: string, unit: string) => (label: string) => {
      const name = `${kind} (${label})`;
      return { name, prices: { sku: name, unit } };
    };
    if (resource.text("protocol_type") === "WEBSOCKET") {
      const chunks = Math.ceil(Math.max(1, usage.number("message_size_kb") ?? messageChunkKb) / messageChunkKb);
      const messages = usage.number("monthly_messages");
      const tiers = [{ label: "first 1B", upTo: 1_000_000_000 }, { label: "over 1B" }];
      yield* tiered(
        tiers,
        "1M messages",
        messages === undefined ? null : messages * chunks,
        line("Messages", "1M messages"),
        { per: million },
      );
      const minutes = per(usage.number("monthly_connection_mins"), million);
      yield metered("Connection duration", "1M minutes", minutes, { sku: "Connection duration", unit: "1M minutes" });
      return;
    }
    const chunks = Math.ceil(Math.max(1, usage.number("request_size_kb") ?? requestChunkKb) / requestChunkKb);
    const requests = usage.number("monthly_requests");
    const tiers = [{ label: "first 300M", upTo: 300 * million }, { label: "over 300M" }];
    yield* tiered(
      tiers,
      "1M requests",
      requests === undefined ? null : requests * chunks,
      line("Requests", "1M requests"),
      { per: million },
    );
  },
};

export const awsApiGatewayStage: PricedType = {
  free: (resource) => (resource.flag("cache_cluster_enabled") ? null : "a stage without a cache is free"),
  *lines(resource) {
    const name = `Cache memory (${resource.text("cache_cluster_size") ?? "0.5"} GB)`;
    yield hourly(name, { sku: name, unit: "hours" });
  },
};

export const awsCodebuildProject: PricedType = {
  *lines(resource) {
    const environment = resource.block("environment");
    const size = (environment?.text("compute_type") ?? "BUILD_GENERAL1_SMALL")
      .replace("BUILD_", "")
      .toLowerCase()
      .replace("_", ".");
    const os = /WINDOWS/.test(environment?.text("type") ?? "") ? "Windows" : "Linux";
    const name = `${os} (${size})`;
    yield metered(name, "minutes", resource.usage.number("monthly_build_mins"), { sku: name, unit: "minutes" });
  },
};

const expressTiers: readonly Tier[] = [
  { label: "first 1K", upTo: 1000 },
  { label: "next 4K", upTo: 5000 },
  { label: "over 5K" },
];
const expressChunk = { memoryMb: 64, durationMs: 100 };

function expressGbHours(resource: ResourceView, requests: number | undefined): ReturnType<typeof amount> | null {
  const memory = resource.usage.number("memory_mb");
  const duration = resource.usage.number("workflow_duration_ms");
  if (requests === undefined || memory === undefined || duration === undefined) return null;
  const gb = amount(Math.ceil(memory / expressChunk.memoryMb) * expressChunk.memoryMb).div(1024);
  const hours = amount(Math.ceil(duration / expressChunk.durationMs) * expressChunk.durationMs).div(3_600_000);
  return gb.times(hours).times(requests);
}

export const awsSfnStateMachine: PricedType = {
  *lines(resource) {
    if (resource.text("type") !== "EXPRESS") {
      const transitions = per(resource.usage.number("monthly_transitions"), 1000);
      yield metered("Transitions", "1K transitions", transitions, { sku: "Transitions", unit: "1K transitions" });
      return;
    }
    const requests = resource.usage.number("monthly_requests");
    yield metered("Requests", "1M requests", per(requests, million), { sku: "Requests", unit: "1M requests" });
    yield* tiered(expressTiers, "GB-hours", expressGbHours(resource, requests), (label) => {
      const name = `Duration (${label})`;
      return { name, prices: { sku: name, unit: "GB-hours" } };
    });
  },
};

function* webAclLines(resource: ResourceView, rules: number, groups: number, managed: number): Iterable<Line> {
  yield fixed("Web ACL usage", "months", 1, { sku: "Web ACL usage", unit: "months" });
  const parts = [
    ["Rules", "rules", rules + groups * (resource.usage.number("rule_group_rules") ?? 0)],
    ["Rule groups", "groups", groups],
    ["Managed rule groups", "groups", managed],
  ] as const;
  for (const [name, unit, quantity] of parts) if (quantity > 0) yield fixed(name, unit, quantity, { sku: name, unit });
  const requests = per(resource.usage.number("monthly_requests"), million);
  yield metered("Requests", "1M requests", requests, { sku: "Requests", unit: "1M requests" });
}

export const awsWafWebAcl: PricedType = {
  *lines(resource) {
    const rules = resource.blocks("rules");
    const groups = rules.filter((rule) => rule.text("type") === "GROUP").length;
    yield* webAclLines(resource, rules.length - groups, groups, 0);
  },
};

export const awsWafv2WebAcl: PricedType = {
  *lines(resource) {
    const statements = resource.blocks("rule").map((rule) => rule.block("statement"));
    const groups = statements.filter((statement) => statement?.block("rule_group_reference_statement")).length;
    const managed = statements.filter((statement) => statement?.block("managed_rule_group_statement")).length;
    yield* webAclLines(resource, statements.length - groups - managed, groups, managed);
  },
};

export const awsSsmParameter: PricedType = {
  free(resource) {
    const isAdvanced = resource.text("tier") === "Advanced";
    const limit = resource.usage.text("api_throughput_limit") ?? "standard";
    return isAdvanced || limit !== "standard" ? null : "standard parameters are free";
  },
  *lines(resource) {
    const hours = resource.usage.number("parameter_storage_hrs") ?? hoursPerMonth;
    if (resource.text("tier") === "Advanced") {
      yield hourly("Parameter storage (advanced)", { sku: "Parameter storage (advanced)", unit: "hours" }, { hours });
    }
    const unit = "10k interactions";
    const name = "API interactions (advanced)";
    yield metered(name, unit, per(resource.usage.number("monthly_api_interactions"), 10_000), { sku: name, unit });
  },
};
