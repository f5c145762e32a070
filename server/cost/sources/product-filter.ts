import type { MissingPrice } from "#server/cost/component.ts";
import { hoursPerMonth } from "#server/cost/line.ts";
import { table } from "#server/cost/table.ts";

/** What the Cloud Pricing API is asked for, and how its price becomes one of ours. */
export interface ProductQuery {
  vendor: "aws" | "azure" | "gcp";
  service: string;
  productFamily?: string;
  region: string;
  attributes: { key: string; value?: string; valueRegex?: string }[];
  purchaseOption?: string;
  unit?: string;
  /** Their unit price times this is our unit price. */
  times: number;
}

type Rule = (missing: MissingPrice) => ProductQuery | null;

const osNames = table<string>({ linux: "Linux", windows: "Windows", rhel: "RHEL", suse: "SUSE" });

const ec2: Rule = ({ key }) => {
  const operatingSystem = osNames[key.attributes?.os ?? "linux"];
  if (!operatingSystem || !/^[a-z][\w-]*\.[\w-]+$/.test(key.sku)) return null;
  return {
    vendor: "aws",
    service: "AmazonEC2",
    productFamily: "Compute Instance",
    region: key.region,
    attributes: [
      { key: "instanceType", value: key.sku },
      { key: "tenancy", value: "Shared" },
      { key: "operatingSystem", value: operatingSystem },
      { key: "preInstalledSw", value: "NA" },
      { key: "licenseModel", value: "No License required" },
      { key: "capacitystatus", value: "Used" },
    ],
    purchaseOption: "on_demand",
    times: 1,
  };
};

const engines = table<string>({
  mysql: "MySQL",
  postgres: "PostgreSQL",
  mariadb: "MariaDB",
  aurora: "Aurora MySQL",
  "aurora-mysql": "Aurora MySQL",
  "aurora-postgresql": "Aurora PostgreSQL",
});

const rds: Rule = ({ key }) => {
  const engine = engines[key.attributes?.engine ?? ""];
  if (!engine || !key.sku.startsWith("db.")) return null;
  const isMultiAz = key.attributes?.deployment === "multi-az";
  return {
    vendor: "aws",
    service: "AmazonRDS",
    productFamily: "Database Instance",
    region: key.region,
    attributes: [
      { key: "instanceType", value: key.sku },
      { key: "databaseEngine", value: engine },
      { key: "deploymentOption", value: isMultiAz ? "Multi-AZ" : "Single-AZ" },
    ],
    purchaseOption: "on_demand",
    times: 1,
  };
};

const volumeKinds = ["gp2", "gp3", "io1", "io2", "st1", "sc1"];

const ebs: Rule = ({ key }) => {
  const kind = volumeKinds.find((name) => key.sku === `Storage (${name})` || key.sku.endsWith(`, ${name})`));
  if (!kind) return null;
  return {
    vendor: "aws",
    service: "AmazonEC2",
    productFamily: "Storage",
    region: key.region,
    attributes: [{ key: "volumeApiName", value: kind }],
    times: 1,
  };
};

const cache: Rule = ({ key }) => {
  if (!key.sku.startsWith("cache.")) return null;
  const engine = key.attributes?.engine ?? "redis";
  return {
    vendor: "aws",
    service: "AmazonElastiCache",
    productFamily: "Cache Instance",
    region: key.region,
    attributes: [
      { key: "instanceType", value: key.sku },
      { key: "cacheEngine", value: engine[0]!.toUpperCase() + engine.slice(1) },
    ],
    purchaseOption: "on_demand",
    times: 1,
  };
};

const natGateway: Rule = ({ key }) => ({
  vendor: "aws",
  service: "AmazonEC2",
  productFamily: "NAT Gateway",
  region: key.region,
  attributes: [{ key: "usagetype", valueRegex: key.unit === "hours" ? "/NatGateway-Hours/" : "/NatGateway-Bytes/" }],
  times: 1,
});

const eks: Rule = ({ key }) => ({
  vendor: "aws",
  service: "AmazonEKS",
  productFamily: "Compute",
  region: key.region,
  attributes: [{ key: "usagetype", valueRegex: "/AmazonEKS-Hours:perCluster/" }],
  times: 1,
});

const balancer: Rule = ({ key }) => {
  const kind = /^(Application|Network)/.exec(key.sku)?.[1];
  if (!kind || key.unit !== "hours") return null;
  return {
    vendor: "aws",
    service: "AWSELB",
    productFamily: `Load Balancer-${kind}`,
    region: key.region,
    attributes: [{ key: "usagetype", valueRegex: "/LoadBalancerUsage/" }],
    times: 1,
  };
};

const azureMachine: Rule = ({ key }) => ({
  vendor: "azure",
  service: "Virtual Machines",
  productFamily: "Compute",
  region: key.region,
  attributes: [
    { key: "armSkuName", value: key.sku },
    { key: "productName", valueRegex: key.attributes?.os === "Windows" ? "/Windows/" : "/^(?!.*Windows)/" },
    { key: "skuName", valueRegex: "/^(?!.*(Spot|Low Priority))/" },
  ],
  purchaseOption: "Consumption",
  times: 1,
});

const googleMachine: Rule = ({ key }) => ({
  vendor: "gcp",
  service: "Compute Engine",
  productFamily: "Compute Instance",
  region: key.region,
  attributes: [{ key: "machineType", value: key.sku }],
  purchaseOption: "on_demand",
  times: key.unit.startsWith("month") ? hoursPerMonth : 1,
});

const rules = table<Rule>({
  aws_instance: ec2,
  aws_db_instance: rds,
  aws_ebs_volume: ebs,
  aws_elasticache_cluster: cache,
  aws_nat_gateway: natGateway,
  aws_eks_cluster: eks,
  aws_lb: balancer,
  azurerm_virtual_machine: azureMachine,
  google_compute_instance: googleMachine,
});

/** The question for a missing price, where we know how to ask it; null otherwise. */
export function productQuery(missing: MissingPrice): ProductQuery | null {
  return (Object.hasOwn(rules, missing.key.type) ? rules[missing.key.type] : undefined)?.(missing) ?? null;
}
