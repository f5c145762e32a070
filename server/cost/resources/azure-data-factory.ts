import { fixed, hourly, hoursPerMonth, type Line, metered } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { table } from "#server/cost/table.ts";

const entitiesPerUnit = 50_000;

const dataFactory: PricedType = {
  *lines(resource) {
    const parts = [
      ["Read/Write operations", "monthly_read_write_operation_entities"],
      ["Monitoring operations", "monthly_monitoring_operation_entities"],
    ] as const;
    for (const [sku, key] of parts) {
      const entities = resource.usage.number(key);
      const unit = "50k entities";
      yield metered(sku, unit, entities === undefined ? null : amount(entities).div(entitiesPerUnit), { sku, unit });
    }
  },
};

function* activityLines(resource: ResourceView, hasExternal: boolean): Iterable<Line> {
  const runs = resource.usage.number("monthly_orchestration_runs");
  const orchestration = { sku: "Orchestration", unit: "1k runs" };
  yield metered("Orchestration", "1k runs", runs === undefined ? null : amount(runs).div(1000), orchestration);
  const names = ["Data movement activity", "Pipeline activity", ...(hasExternal ? ["External pipeline activity"] : [])];
  for (const sku of names) yield metered(sku, "hours", null, { sku, unit: "hours" });
}

const computeNames = table<string>({
  General: "General Purpose",
  ComputeOptimized: "Compute Optimized",
  MemoryOptimized: "Memory Optimized",
});
/** Cores of the size that each kind's price was read from; the price is by the core. */
const listedCores = table<number>({ "General Purpose": 8, "Compute Optimized": 16, "Memory Optimized": 272 });

const runtimeAzure: PricedType = {
  *lines(resource) {
    const kind = computeNames[resource.text("compute_type") ?? "General"] ?? "General Purpose";
    const cores = resource.number("core_count") ?? 8;
    const listed = listedCores[kind] ?? cores;
    const name = `Compute (${kind}, ${cores} vCores)`;
    const byTheCore = {
      sku: `Compute (${kind}, ${listed} vCores)`,
      unit: "hours",
      times: amount(cores).div(listed),
    };
    yield hourly(name, [{ sku: name, unit: "hours" }, byTheCore], { billsWhile: "running" });
    yield* activityLines(resource, true);
  },
};

/** `Standard_D8_v3` is sold as "D8 v3". */
function* ssisCompute(resource: ResourceView): Iterable<Line> {
  const size = (resource.text("node_size") ?? "").replace(/^Standard_/, "").replaceAll("_", " ");
  const isIncluded = (resource.text("license_type") ?? "LicenseIncluded") === "LicenseIncluded";
  const edition = resource.text("edition") ?? "Standard";
  const name = `Compute (${size}, ${edition}${isIncluded ? ", license included" : ""})`;
  const nodes = resource.number("number_of_nodes") ?? 1;
  yield hourly(name, { sku: name, unit: "hours" }, { hours: nodes * hoursPerMonth, billsWhile: "running" });
}

const runtimeManaged: PricedType = {
  *lines(resource) {
    yield* ssisCompute(resource);
    yield* activityLines(resource, true);
  },
};

const sparkCores = table<number>({ small: 4, medium: 8, large: 16, xlarge: 32, xxlarge: 64, xxxlarge: 80 });

const synapseSparkPool: PricedType = {
  *lines(resource) {
    const size = (resource.text("node_size") ?? "Small").toLowerCase();
    const nodes = resource.number("node_count") ?? resource.block("auto_scale")?.number("min_node_count") ?? 3;
    const name = `${size} (${nodes} nodes)`;
    const hours = resource.usage.number("monthly_hours");
    const cores = sparkCores[size];
    const used = hours === undefined || cores === undefined ? null : amount(hours).times(nodes).times(cores);
    const unit = "vCore-hours";
    yield metered(name, unit, used, [
      { sku: name, unit },
      { sku: "small (3 nodes)", unit },
    ]);
  },
};

const listedBlocks = 200;

const synapseSqlPool: PricedType = {
  *lines(resource) {
    const sku = resource.text("sku_name") ?? "";
    const name = `DWU blocks (${sku})`;
    const units = Number(/^DW(\d+)c$/i.exec(sku)?.[1] ?? 0);
    const byTheUnit = {
      sku: `DWU blocks (DW${listedBlocks}c)`,
      unit: "hours",
      times: amount(units).div(listedBlocks),
    };
    yield hourly(name, [{ sku: name, unit: "hours" }, ...(units > 0 ? [byTheUnit] : [])], { billsWhile: "running" });
    const stored = resource.usage.number("storage_tb");
    yield metered("Storage", "TB", stored, { sku: "Storage", unit: "TB" }, { billsWhile: "provisioned" });
    const isGeo = resource.usage.flag("disaster_recovery_enabled") ?? true;
    const recovery = { sku: "Geo-redundant disaster recovery", unit: "TB" };
    if (isGeo) yield metered(recovery.sku, "TB", stored, recovery, { billsWhile: "provisioned" });
  },
};

const pipelineParts = [
  ["Data pipeline azure hosted activity runs", "1k activity runs", "monthly_datapipeline_azure_hosted_activity_runs"],
  [
    "Data pipeline azure hosted integration runtime",
    "hours",
    "monthly_datapipeline_azure_hosted_integration_runtime_hours",
  ],
  [
    "Data pipeline azure hosted external integration runtime",
    "hours",
    "monthly_datapipeline_azure_hosted_external_integration_runtime_hours",
  ],
  ["Data pipeline self hosted activity runs", "1k activity runs", "monthly_datapipeline_self_hosted_activity_runs"],
  ["Data pipeline self hosted data movement", "hours", "monthly_datapipeline_self_hosted_data_movement_hours"],
  [
    "Data pipeline self hosted integration runtime",
    "hours",
    "monthly_datapipeline_self_hosted_integration_runtime_hours",
  ],
  [
    "Data pipeline self hosted external integration runtime",
    "hours",
    "monthly_datapipeline_self_hosted_external_integration_runtime_hours",
  ],
] as const;

function product(factors: readonly (number | undefined)[]) {
  if (factors.some((factor) => factor === undefined)) return null;
  return factors.reduce((total, factor) => total.times(factor!), amount(1));
}

const synapseWorkspace: PricedType = {
  *lines(resource) {
    const { usage } = resource;
    const serverless = { sku: "Serverless SQL pool size", unit: "TB" };
    yield metered(serverless.sku, "TB", usage.number("serverless_sql_pool_size_tb"), serverless);
    const isPrivate = resource.flag("managed_virtual_network_enabled");
    const attributes = { managed_virtual_network_enabled: isPrivate === undefined ? "default" : String(isPrivate) };
    for (const [sku, unit, key] of pipelineParts)
      yield metered(sku, unit, usage.number(key), [
        { sku, unit, attributes },
        { sku, unit },
      ]);
    const integration = { sku: "Data pipeline azure hosted data integration units", unit: "DIU-hours" };
    const unitHours = product([
      usage.number("monthly_datapipeline_azure_hosted_data_integration_units"),
      usage.number("monthly_datapipeline_azure_hosted_data_integration_hours"),
    ]);
    yield metered(integration.sku, integration.unit, unitHours, integration);
    for (const kind of ["basic", "standard"]) {
      const price = { sku: `Data flow (${kind})`, unit: "vCore-hours" };
      const keys = [`dataflow_${kind}_instances`, `dataflow_${kind}_vcores`, `monthly_dataflow_${kind}_hours`];
      yield metered(price.sku, price.unit, product(keys.map((key) => usage.number(key))), price);
    }
  },
};

const expressRouteGateway: PricedType = {
  *lines(resource) {
    const price = { sku: "ER scale units (2 Gbps)", unit: "scale units" };
    yield fixed(price.sku, price.unit, resource.number("scale_units") ?? 1, price);
  },
};

/** Data factories, their runtimes, and Synapse. */
export const azureDataTypes: Readonly<Record<string, PricedType>> = {
  azurerm_data_factory: dataFactory,
  azurerm_data_factory_integration_runtime_azure: runtimeAzure,
  azurerm_data_factory_integration_runtime_azure_ssis: { lines: ssisCompute },
  azurerm_data_factory_integration_runtime_managed: runtimeManaged,
  azurerm_data_factory_integration_runtime_self_hosted: { lines: (resource) => activityLines(resource, true) },
  azurerm_express_route_gateway: expressRouteGateway,
  azurerm_synapse_spark_pool: synapseSparkPool,
  azurerm_synapse_sql_pool: synapseSqlPool,
  azurerm_synapse_workspace: synapseWorkspace,
};
