import { fixed, hourly, hoursPerMonth, type Line, metered } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";

const million = 1_000_000;

function per(count: number | undefined, unit: number): ReturnType<typeof amount> | null {
  return count === undefined ? null : amount(count).div(unit);
}

/** A publish of more than this is billed as several. */
const snsChunkKb = 64;

interface Delivery {
  name: string;
  unit: string;
  per: number;
  subscriptions: string;
  freeNotifications: number;
}

const deliveries: readonly Delivery[] = [
  {
    name: "HTTP/HTTPS notifications (over 100k)",
    unit: "100k notifications",
    per: 100_000,
    subscriptions: "http_subscriptions",
    freeNotifications: 100_000,
  },
  {
    name: "Email/Email-JSON notifications (over 1k)",
    unit: "100k notifications",
    per: 100_000,
    subscriptions: "email_subscriptions",
    freeNotifications: 1000,
  },
  {
    name: "Kinesis Firehose notifications",
    unit: "1M notifications",
    per: million,
    subscriptions: "kinesis_subscriptions",
    freeNotifications: 0,
  },
  {
    name: "Mobile Push notifications",
    unit: "1M notifications",
    per: million,
    subscriptions: "mobile_push_subscriptions",
    freeNotifications: 0,
  },
  {
    name: "MacOS notifications",
    unit: "1M notifications",
    per: million,
    subscriptions: "macos_subscriptions",
    freeNotifications: 0,
  },
  {
    name: "SMS notifications (over 100)",
    unit: "100 notifications",
    per: 100,
    subscriptions: "sms_subscriptions",
    freeNotifications: 100,
  },
];

function* standardTopic(resource: ResourceView, requests: number | undefined): Iterable<Line> {
  const over = requests === undefined ? undefined : Math.max(0, requests - million);
  const api = "API requests (over 1M)";
  yield metered(api, "1M requests", per(over, million), { sku: api, unit: "1M requests" });
  for (const delivery of deliveries) {
    const count = resource.usage.number(delivery.subscriptions);
    const sent = requests === undefined || count === undefined ? undefined : requests * count;
    const billed = sent === undefined ? undefined : Math.max(0, sent - delivery.freeNotifications);
    yield metered(delivery.name, delivery.unit, per(billed, delivery.per), { sku: delivery.name, unit: delivery.unit });
  }
}

function* fifoTopic(resource: ResourceView, requests: number | undefined): Iterable<Line> {
  const size = resource.usage.number("request_size_kb");
  const gb = requests === undefined || size === undefined ? null : amount(requests).times(size).div(million);
  const subscriptions = resource.usage.number("fifo_subscriptions");
  const sent = requests === undefined || subscriptions === undefined ? undefined : requests * subscriptions;
  const payload = gb === null || subscriptions === undefined ? null : gb.times(subscriptions);
  const parts: [string, string, ReturnType<typeof amount> | null][] = [
    ["FIFO Publish API requests", "1M requests", per(requests, million)],
    ["FIFO Publish API payload", "GB", gb],
    ["FIFO notifications", "1M notifications", per(sent, million)],
    ["FIFO notification payload", "GB", payload],
  ];
  for (const [name, unit, quantity] of parts) yield metered(name, unit, quantity, { sku: name, unit });
}

export const awsSnsTopic: PricedType = {
  *lines(resource) {
    const count = resource.usage.number("monthly_requests");
    const chunks = Math.ceil(Math.max(1, resource.usage.number("request_size_kb") ?? snsChunkKb) / snsChunkKb);
    if (resource.flag("fifo_topic")) yield* fifoTopic(resource, count);
    else yield* standardTopic(resource, count === undefined ? undefined : count * chunks);
  },
};

export const awsSnsTopicSubscription: PricedType = {
  *lines(resource) {
    const protocol = resource.text("protocol") ?? "";
    if (!protocol.startsWith("http")) return;
    const count = resource.usage.number("monthly_requests");
    const chunks = Math.ceil(Math.max(1, resource.usage.number("request_size_kb") ?? snsChunkKb) / snsChunkKb);
    const quantity = count === undefined ? null : amount(count).times(chunks).div(million);
    yield metered("HTTP notifications", "1M notifications", quantity, {
      sku: "HTTP notifications",
      unit: "1M notifications",
    });
  },
};

export const awsMqBroker: PricedType = {
  *lines(resource) {
    const engine = resource.text("engine_type") ?? "ActiveMQ";
    const type = resource.text("host_instance_type") ?? "";
    const mode = resource.text("deployment_mode") ?? "SINGLE_INSTANCE";
    const nodes = mode === "CLUSTER_MULTI_AZ" ? 3 : 1;
    const place = mode === "SINGLE_INSTANCE" ? "single-AZ" : "multi-AZ";
    const name = `Instance usage (${engine}, ${type}, ${mode.toLowerCase()})`;
    yield hourly(
      name,
      { sku: `Instance usage (${engine}, ${type}, ${place})`, unit: "hours" },
      { hours: nodes * hoursPerMonth },
    );
    const storage = resource.text("storage_type") ?? (engine === "ActiveMQ" ? "efs" : "ebs");
    const label = `Storage (${engine}, ${storage.toUpperCase()})`;
    const size = resource.usage.number("storage_size_gb");
    yield metered(
      label,
      "GB",
      size === undefined ? null : size * nodes,
      { sku: label, unit: "GB" },
      { billsWhile: "provisioned" },
    );
  },
};

export const awsMskCluster: PricedType = {
  *lines(resource) {
    const nodes = resource.number("number_of_broker_nodes") ?? 1;
    const broker = resource.block("broker_node_group_info");
    const type = broker?.text("instance_type") ?? "";
    const name = `Instance (${type})`;
    yield hourly(name, { sku: name, unit: "hours" }, { hours: nodes * hoursPerMonth });
    const nested = broker?.block("storage_info")?.block("ebs_storage_info")?.number("volume_size");
    const size = broker?.number("ebs_volume_size") ?? nested ?? 1000;
    const [target] = resource.sources("aws_appautoscaling_target");
    if (!target) {
      yield fixed("Storage", "GB", size * nodes, { sku: "Storage", unit: "GB" });
      return;
    }
    const least = target.number("min_capacity") ?? size;
    const most = target.number("max_capacity") ?? least;
    const shown = target.usage.number("capacity") ?? least;
    const range = { low: least * nodes, high: Math.max(most, shown) * nodes };
    const scalingName = "Storage (autoscaling)";
    yield metered(
      scalingName,
      "GB",
      shown * nodes,
      { sku: scalingName, unit: "GB" },
      { range, from: "assumed", billsWhile: "provisioned" },
    );
  },
};
