import { anyValue, type PriceFact } from "./price-fact.ts";

type Rule = (fact: PriceFact) => PriceFact | null;

function keep(fact: PriceFact, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(fact.attributes).filter(([name]) => names.includes(name)));
}

/** Sheets name a database price by its sentence; it is looked up by class, engine and deployment. */
const rdsInstance: Rule = (fact) => {
  const sentence = /^Database instance \(on-demand, (Single|Multi)-AZ, (db\.[\w.]+)\)$/.exec(fact.sku);
  const deployment = sentence ? `${sentence[1]!.toLowerCase()}-az` : (fact.attributes.deployment ?? "single-az");
  const fromKey = /^(.*?)-[\d.]+$/.exec(fact.attributes.key ?? "")?.[1];
  const engine = fact.attributes.engine ?? fromKey ?? "mysql";
  if (engine === "unstated") return null;
  const attributes = { engine, deployment, ...keep(fact, ["license_model"]) };
  return { ...fact, sku: sentence?.[2] ?? fact.sku, attributes };
};

const rdsExtra: Rule = (fact) => {
  const isMultiAz = [fact.attributes.multi_az, fact.attributes.key, fact.attributes.deployment].some((value) =>
    ["true", "multi_az", "multi-az"].includes(value ?? ""),
  );
  if (fact.sku.startsWith("Additional backup storage")) {
    return { ...fact, attributes: { engine: fact.attributes.engine?.startsWith("aurora") ? "aurora" : "rds" } };
  }
  const hasDeployment = /^(Storage|Provisioned)/.test(fact.sku);
  return { ...fact, attributes: hasDeployment ? { deployment: isMultiAz ? "multi-az" : "single-az" } : {} };
};

const rds: Rule = (fact) => (/^(Database instance|db\.)/.test(fact.sku) ? rdsInstance(fact) : rdsExtra(fact));

const auroraCluster: Rule = (fact) => ({
  ...fact,
  sku: fact.sku.replace(" (v1 rate description)", ""),
  attributes: {},
});

/**
 * Storage prices hang on kind, tier, replication and access tier, however a sheet spelt them. A price read from accounts
 * without an access tier holds for such accounts alone, one read from accounts of every tier for any stated one. An
 * account seen only beside a private endpoint, without any usage, is a weaker witness than the accounts' own examples.
 */
const azureStorage: Rule = (fact) => {
  if (fact.source.endsWith(":private_endpoint_test")) return null;
  const { key, replication, ...rest } = fact.attributes;
  const parts = (key ?? "").split(".");
  const named: Record<string, string> = { ...rest };
  if (replication) named.account_replication_type = replication;
  if (key && fact.type === "azurerm_storage_queue" && parts.length === 3) {
    [named.account_kind, , named.account_replication_type] = parts as [string, string, string];
  } else if (key && parts.length === 2) {
    [named.access_tier, named.account_replication_type] = parts as [string, string];
  } else if (key) named.account_replication_type = key;
  const replicated = named.account_replication_type;
  if (replicated) named.account_replication_type = replicated.replaceAll("-", "");
  const { access_tier: access = "default", ...others } = named;
  const isAccount = fact.type === "azurerm_storage_account";
  const attributes = isAccount ? { ...withoutAny(others), access_tier: access } : withoutAny(named);
  return { ...fact, attributes };
};

/** A virtual machine costs the same whichever resource starts it. */
const azureMachine: Rule = (fact) => {
  const sentence = /^Instance usage \((Linux|Windows), ([^,]+), (.+)\)$/.exec(fact.sku);
  if (sentence) {
    const [, os, plan, sku] = sentence as unknown as [string, string, string, string];
    return { ...fact, type: "azurerm_virtual_machine", sku, attributes: { os, plan } };
  }
  if (/^(Standard|Basic)_/.test(fact.sku)) {
    return { ...fact, type: "azurerm_virtual_machine", attributes: { os: "Linux", plan: "pay as you go" } };
  }
  return azureDisk(fact);
};

/** Managed disks too: the tier in the name sets the price; operations differ by the kind of disk. */
const azureDisk: Rule = (fact) => {
  if (/^Storage \(|^Ultra disk|^(Provisioned IOPS|Throughput)$/.test(fact.sku)) {
    const sku = fact.sku.replace(/^Storage \(ultra, \d+ GiB\)$/, "Storage (ultra)");
    return { ...fact, type: "azurerm_managed_disk", sku, attributes: {} };
  }
  if (fact.sku !== "Disk operations" || fact.type === "azurerm_hdinsight_kafka_cluster") return fact;
  const kind = fact.attributes.storage_account_type ?? (fact.attributes.key === "standard" ? null : "Standard_LRS");
  return kind ? { ...fact, type: "azurerm_managed_disk", attributes: { storage_account_type: kind } } : null;
};

const tierOf: Rule = (fact) => {
  const { sku_name: sku, ...rest } = fact.attributes;
  if (!sku || sku === "default") return fact;
  const tier = /^(GP_S|GP|BC|HS|MO|B)_/.exec(sku)?.[1] ?? { P: "Premium", S: "Standard", B: "Basic" }[sku[0] ?? ""];
  return { ...fact, attributes: { ...rest, ...(tier ? { tier } : { sku_name: sku }) } };
};

const searchNode: Rule = (fact) => {
  const sentence = /^(?:Instance|Dedicated master|UltraWarm instance) \(on-demand, (.+)\)$/.exec(fact.sku);
  const sku = (sentence?.[1] ?? fact.sku).replace(/\.elasticsearch$/, ".search");
  return { ...fact, type: "aws_opensearch_domain", sku, attributes: {} };
};

const cacheNode: Rule = (fact) => {
  const sentence = /^ElastiCache \(on-demand, (cache\.[\w.]+)/.exec(fact.sku);
  if (!sentence && !fact.sku.startsWith("cache.")) return { ...fact, type: "aws_elasticache_cluster", attributes: {} };
  return { ...fact, type: "aws_elasticache_cluster", sku: sentence?.[1] ?? fact.sku };
};

/** "class=nearline;storage": the class and whether the bucket is in one region, two or many set the price. */
const bucketStorage: Rule = (fact) => {
  const storageClass = /^class=([\w-]+);storage$/.exec(fact.sku)?.[1];
  return storageClass ? { ...fact, sku: "storage", attributes: { class: storageClass } } : fact;
};

/** Every machine price says its operating system, so that a missing Windows price never reads as the Linux one. */
const ec2Machine: Rule = (fact) =>
  /^[a-z][\w-]*\.[\w-]+$/.test(fact.sku) ? { ...fact, attributes: { os: "linux", ...fact.attributes } } : fact;

const fargate: Rule = (fact) => ({ ...fact, attributes: { arch: "x86", ...fact.attributes } });

/** A vCPU costs the same in a small and a large database, and in a replica. */
const cloudSql: Rule = (fact) => {
  const sku = fact.sku.replace(/^Replica > /, "").replace(/^(vCPUs|Memory) \([^,]+, (\w+)\)$/, "$1 ($2)");
  return { ...fact, sku };
};

const rules: Record<string, Rule> = {
  google_sql_database_instance: cloudSql,
  aws_ecs_service: fargate,
  aws_eks_fargate_profile: fargate,
  aws_instance: ec2Machine,
  aws_db_instance: rds,
  aws_rds_cluster: auroraCluster,
  aws_elasticsearch_domain: searchNode,
  aws_opensearch_domain: searchNode,
  aws_elasticache_cluster: cacheNode,
  aws_elasticache_replication_group: cacheNode,
  google_storage_bucket: bucketStorage,
  azurerm_storage_account: azureStorage,
  azurerm_storage_share: azureStorage,
  azurerm_storage_queue: azureStorage,
  azurerm_managed_disk: azureDisk,
  azurerm_mssql_database: tierOf,
  azurerm_mariadb_server: tierOf,
  azurerm_mysql_server: tierOf,
  azurerm_postgresql_server: tierOf,
};

const machineTypes =
  /^azurerm_(linux|windows)?_?virtual_machine(_scale_set)?$|^azurerm_kubernetes_cluster|_compute_cluster$/;

function withoutAny(attributes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== anyValue));
}

/** The fact under the key that resources ask for; null when the line cannot be used safely. */
export function canonicalFact(fact: PriceFact): PriceFact | null {
  const rule = rules[fact.type] ?? (machineTypes.test(fact.type) ? azureMachine : null);
  if (rule === azureStorage) return azureStorage(fact);
  const plain = { ...fact, attributes: withoutAny(fact.attributes) };
  return rule ? rule(plain) : plain;
}
