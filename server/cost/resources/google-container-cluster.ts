import type { Attributes } from "#server/cost/attributes.ts";
import { hourly, hoursPerMonth, type Line, metered } from "#server/cost/line.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import type { Usage } from "#server/cost/usage.ts";
import { diskKind, diskLine } from "./google-disk.ts";
import { customShape, gpuLine, localSsdLine, machineLines } from "./google-machine.ts";
import { type Copies, copiesOf } from "./group-of-machines.ts";

const defaults = { machine: "e2-medium", diskGb: 100, nodes: 3, zonesOfRegion: 3 };

/** Zones that a pool's count of nodes is multiplied by. */
function zonesOf(location: string | undefined, own: readonly unknown[], cluster: readonly unknown[]): number {
  if (own.length > 0) return own.length;
  if (cluster.length > 0) return cluster.length;
  return location === undefined || /^[a-z]+-[a-z]+\d+$/.test(location) ? defaults.zonesOfRegion : 1;
}

function poolLines(config: Attributes | undefined): Line[] {
  const type = config?.text("machine_type") ?? defaults.machine;
  const isSpot = config?.flag("preemptible") === true || config?.flag("spot") === true;
  const machine = { type, isPreemptible: isSpot, hours: hoursPerMonth };
  const size = config?.number("disk_size_gb");
  const ssds = config?.number("local_ssd_count") ?? 0;
  const localSsd = [
    { type: "google_container_node_pool", sku: "Local SSD provisioned storage", unit: "GB" },
    { type: "google_compute_disk", sku: "local-ssd", unit: "GiB-month" },
  ];
  return [
    ...machineLines(machine),
    diskLine({
      kind: diskKind(config?.text("disk_type")),
      sizeGb: size ?? defaults.diskGb,
      from: size === undefined ? "default" : "config",
    }),
    ...(ssds > 0 ? [localSsdLine(ssds, localSsd, isSpot)] : []),
    ...(config?.blocks("guest_accelerator") ?? []).map((gpu) =>
      gpuLine(gpu.text("type") ?? "", gpu.number("count") ?? 1, machine),
    ),
  ];
}

/** Nodes of a pool: as many in each of its zones as the configuration or its scaling says. */
function poolCopies(pool: Attributes, usage: Usage, zones: number): Copies {
  const scaling = pool.block("autoscaling");
  const min = scaling?.number("total_min_node_count") ?? scaling?.number("min_node_count");
  const max = scaling?.number("total_max_node_count") ?? scaling?.number("max_node_count");
  const isTotal = scaling?.number("total_max_node_count") !== undefined;
  const used = usage.number("nodes");
  const stated = pool.number("node_count") ?? min ?? pool.number("initial_node_count");
  const each = used ?? stated ?? defaults.nodes;
  const all = (count: number) => (isTotal && used === undefined ? count : count * zones);
  const from = used !== undefined ? "usage" : stated === undefined ? "default" : "config";
  return { shown: all(each), low: all(Math.min(min ?? each, each)), high: all(Math.max(max ?? each, each)), from };
}

function* defaultPool(resource: ResourceView, zones: number): Iterable<Line> {
  if (resource.flag("remove_default_node_pool")) return;
  const used = resource.blocks("node_pool").length > 0 ? undefined : resource.usage.number("nodes");
  const stated = resource.number("initial_node_count");
  const count = (used ?? stated ?? defaults.nodes) * zones;
  const from = used === undefined ? (stated === undefined ? "default" : "config") : "usage";
  const lines = poolLines(resource.block("node_config"));
  yield* copiesOf(lines, { shown: count, low: count, high: count, from }, ["default_pool"]);
}

function* autopilotLines(resource: ResourceView): Iterable<Line> {
  yield hourly("Autopilot", { sku: "Autopilot", unit: "hours" });
  const parts = [
    ["Autopilot vCPU", "vCPU", "autopilot_vcpu_count"],
    ["Autopilot memory", "GB", "autopilot_memory_gb"],
    ["Autopilot ephemeral storage", "GB", "autopilot_ephemeral_storage_gb"],
  ] as const;
  for (const [name, unit, usage] of parts) {
    yield metered(name, unit, resource.usage.number(usage), { sku: name, unit }, { billsWhile: "running" });
  }
}

export const googleContainerCluster: PricedType = {
  *lines(resource) {
    if (resource.flag("enable_autopilot")) {
      yield* autopilotLines(resource);
      return;
    }
    yield hourly("Cluster management fee", { sku: "Cluster management fee", unit: "hours" });
    const location = resource.text("location");
    const shared = resource.list("node_locations");
    yield* defaultPool(resource, zonesOf(location, [], shared));
    for (const [index, pool] of resource.blocks("node_pool").entries()) {
      const group = `node_pool[${index}]`;
      const copies = poolCopies(pool, resource.usage.at(group), zonesOf(location, pool.list("node_locations"), shared));
      yield* copiesOf(poolLines(pool.block("node_config")), copies, [group]);
    }
  },
};

export const googleContainerNodePool: PricedType = {
  unsupported(resource) {
    const type = resource.block("node_config")?.text("machine_type") ?? "";
    return customShape(type)?.family === "E2" ? "E2 custom machines are not supported" : null;
  },
  *lines(resource) {
    const [cluster] = resource.targets("cluster", "google_container_cluster");
    const location = resource.text("location") ?? cluster?.text("location");
    const zones = zonesOf(location, resource.list("node_locations"), cluster?.list("node_locations") ?? []);
    yield* copiesOf(poolLines(resource.block("node_config")), poolCopies(resource, resource.usage, zones));
  },
};
