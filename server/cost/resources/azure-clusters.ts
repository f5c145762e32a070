import { fixed, hourly, hoursPerMonth, type Line, metered } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { azureMachineLine } from "./azure-machine.ts";

interface Role {
  block: string;
  label: string;
  /** How many there are where the configuration does not say. */
  nodes: number;
}

const head: Role = { block: "head_node", label: "Head node", nodes: 2 };
const worker: Role = { block: "worker_node", label: "Worker node", nodes: 1 };
const region: Role = { ...worker, label: "Region node" };
const keeper: Role = { block: "zookeeper_node", label: "Zookeeper node", nodes: 3 };
const edge: Role = { block: "edge_node", label: "Edge node", nodes: 1 };

function* roleLines(resource: ResourceView, roles: readonly Role[]): Iterable<Line> {
  const all = resource.block("roles");
  for (const { block, label, nodes } of roles) {
    const node = all?.block(block);
    if (!node) continue;
    const size = node.text("vm_size") ?? "";
    const name = `${label} (${size})`;
    const count = node.number("target_instance_count") ?? nodes;
    // Sheets write the version of a size after a blank or an underscore.
    const prices = [name, name.replace(/_(V\d+\))$/i, " $1")].map((sku) => ({ sku, unit: "hours" }));
    yield hourly(name, prices, { hours: count * hoursPerMonth, billsWhile: "running" });
  }
}

/** A cluster is its nodes; two heads and three keepers always. */
const clusterOf = (...roles: Role[]): PricedType => ({ lines: (resource) => roleLines(resource, roles) });

const operationsPerUnit = 100_000;

/** Brokers also pay for the disks that hold the topics. */
const kafkaCluster: PricedType = {
  *lines(resource) {
    yield* roleLines(resource, [head, worker, keeper]);
    const brokers = resource.block("roles")?.block("worker_node");
    const disks = (brokers?.number("number_of_disks_per_node") ?? 0) * (brokers?.number("target_instance_count") ?? 1);
    const tier = resource.text("tier") ?? "Standard";
    const name = "Managed OS disks";
    if (disks > 0) yield fixed(name, "months", disks, { sku: name, unit: "months", attributes: { tier } });
    if (disks === 0 || tier !== "Standard") return;
    const operations = resource.usage.number("monthly_os_disk_operations");
    const quantity = operations === undefined ? null : amount(operations).div(operationsPerUnit);
    const unit = "100K operations";
    yield metered("Disk operations", unit, quantity, { sku: "Disk operations", unit });
  },
};

const learningCluster: PricedType = {
  *lines(resource) {
    const least = resource.block("scale_settings")?.number("min_node_count");
    const nodes = resource.usage.number("instances") ?? least ?? 1;
    const hours = (resource.usage.number("monthly_hrs") ?? hoursPerMonth) * nodes;
    const isSpot = resource.text("vm_priority") === "LowPriority";
    yield azureMachineLine({ size: resource.text("vm_size") ?? "", os: "Linux", isSpot, hours });
  },
};

const learningInstance: PricedType = {
  *lines(resource) {
    const size = resource.text("virtual_machine_size") ?? "";
    yield azureMachineLine({ size, os: "Linux", hours: resource.usage.number("monthly_hrs") });
  },
};

const redundancies = [
  ["LocallyRedundant", "LRS"],
  ["ZoneRedundant", "ZRS"],
] as const;

function vaultRedundancy(vault: ResourceView): string {
  const mode = vault.text("storage_mode_type");
  const other = redundancies.find(([name]) => name === mode)?.[1];
  return other ?? (vault.flag("cross_region_restore_enabled") ? "RA-GRS" : "GRS");
}

const machineTypes = ["azurerm_virtual_machine", "azurerm_linux_virtual_machine", "azurerm_windows_virtual_machine"];
const diskBlocks = ["os_disk", "storage_os_disk", "storage_data_disk"];

/** Gigabytes of the machine's disks, as far as its configuration says. */
function diskGb(item: ResourceView): number | undefined {
  const [machine] = machineTypes.flatMap((type) => item.targets("source_vm_id", type));
  const sizes = diskBlocks.flatMap((name) => machine?.blocks(name) ?? []).map((disk) => disk.number("disk_size_gb"));
  const known = sizes.filter((size) => size !== undefined);
  return known.length > 0 ? known.reduce((sum, size) => sum + size, 0) : undefined;
}

const backupSizes = { small: 50, step: 500 };

function* itemLines(vault: ResourceView, item: ResourceView): Iterable<Line> {
  const usage = vault.usage.at(item.address);
  const used = usage.number("disk_utilization_gb") ?? diskGb(item);
  const options = { group: [item.address] };
  const query = (sku: string) => ({ sku, unit: "month" });
  if (used !== undefined && used > backupSizes.step)
    yield fixed(
      "Instance backup (over 500 GB)",
      "month",
      Math.ceil(used / backupSizes.step),
      query("Instance backup (under 500 GB)"),
      options,
    );
  else {
    const name = `Instance backup (under ${used !== undefined && used < backupSizes.small ? 50 : 500} GB)`;
    yield used === undefined
      ? metered(name, "month", null, query(name), options)
      : fixed(name, "month", 1, query(name), options);
  }
  const name = `${vaultRedundancy(vault)} data stored`;
  const stored = used === undefined ? null : used + (usage.number("additional_backup_retention_gb") ?? 0);
  yield metered(name, "GB", stored, { sku: name, unit: "GB" }, { ...options, billsWhile: "provisioned" });
}

/** A vault is billed for the machines it protects. */
const recoveryVault: PricedType = {
  free: (vault) => (vault.sources("azurerm_backup_protected_vm").length > 0 ? null : "it protects no machine yet"),
  *lines(vault) {
    for (const item of vault.sources("azurerm_backup_protected_vm")) yield* itemLines(vault, item);
  },
};

/** Clusters sold by their nodes, and backup of machines. */
export const azureClusterTypes: Readonly<Record<string, PricedType>> = {
  azurerm_hdinsight_hadoop_cluster: clusterOf(head, worker, keeper, edge),
  azurerm_hdinsight_hbase_cluster: clusterOf(head, region, keeper),
  azurerm_hdinsight_interactive_query_cluster: clusterOf(head, worker, keeper),
  azurerm_hdinsight_kafka_cluster: kafkaCluster,
  azurerm_hdinsight_spark_cluster: clusterOf(head, worker, keeper),
  azurerm_machine_learning_compute_cluster: learningCluster,
  azurerm_machine_learning_compute_instance: learningInstance,
  azurerm_recovery_services_vault: recoveryVault,
};
