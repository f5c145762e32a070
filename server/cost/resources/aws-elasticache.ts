import { hourly, hoursPerMonth, type Line, metered, unlisted } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { scalingTargetOf } from "./appautoscaling.ts";

interface Nodes {
  shown: number;
  low: number;
  high: number;
  isScaling: boolean;
}

function nodeLine(resource: ResourceView, engine: string, nodes: Nodes): Line {
  const type = resource.text("node_type") ?? "";
  const hours = amount(nodes.shown).times(hoursPerMonth);
  if (resource.usage.text("reserved_instance_term") !== undefined) {
    return unlisted(`ElastiCache (reserved, ${type})`, "hours", hours, "reserved terms are not list prices");
  }
  const price = { type: "aws_elasticache_cluster", sku: type, unit: "hours", attributes: { engine } };
  if (!nodes.isScaling) return hourly(`ElastiCache (on-demand, ${type})`, price, { hours });
  const range = { low: nodes.low * hoursPerMonth, high: nodes.high * hoursPerMonth };
  const name = `ElastiCache (on-demand, ${type}, autoscaling)`;
  return metered(name, "hours", hours, price, { range, from: "assumed", billsWhile: "provisioned" });
}

/** The first day of snapshots is included. */
function* backupLines(resource: ResourceView): Iterable<Line> {
  const days = resource.number("snapshot_retention_limit") ?? 0;
  if (days <= 1) return;
  const size = resource.usage.number("snapshot_storage_size_gb");
  const quantity = size === undefined ? null : amount(size).times(days - 1);
  yield metered("Backup storage", "GB", quantity, {
    type: "aws_elasticache_cluster",
    sku: "Backup storage",
    unit: "GB",
  });
}

function groupNodes(resource: ResourceView): Nodes {
  const id = `replication-group/${resource.values.replication_group_id}`;
  const shards = scalingTargetOf(resource, "elasticache:replication-group:NodeGroups", id);
  const replicas = scalingTargetOf(resource, "elasticache:replication-group:Replicas", id);
  const mode = resource.block("cluster_mode");
  const groups = resource.number("num_node_groups") ?? mode?.number("num_node_groups");
  const perGroup = resource.number("replicas_per_node_group") ?? mode?.number("replicas_per_node_group") ?? 0;
  if (groups === undefined && !shards) {
    const nodes = resource.number("num_cache_clusters") ?? resource.number("number_cache_clusters") ?? 1;
    return { shown: nodes, low: nodes, high: nodes, isScaling: false };
  }
  const count = (bound: "capacity" | "min" | "max") =>
    (shards?.[bound] ?? groups ?? 1) * ((replicas?.[bound] ?? perGroup) + 1);
  const isScaling = shards !== undefined || replicas !== undefined;
  return { shown: count("capacity"), low: count("min"), high: Math.max(count("max"), count("capacity")), isScaling };
}

export const awsElasticacheReplicationGroup: PricedType = {
  *lines(resource) {
    yield nodeLine(resource, resource.text("engine") ?? "redis", groupNodes(resource));
    yield* backupLines(resource);
  },
};

export const awsElasticacheCluster: PricedType = {
  free(resource) {
    const isMember = resource.isUnknown("replication_group_id") || resource.text("replication_group_id") !== undefined;
    return isMember ? "its nodes are counted with the replication group" : null;
  },
  *lines(resource) {
    const nodes = resource.number("num_cache_nodes") ?? 1;
    const engine = resource.text("engine") ?? "redis";
    yield nodeLine(resource, engine, { shown: nodes, low: nodes, high: nodes, isScaling: false });
    if (engine !== "memcached") yield* backupLines(resource);
  },
};
