import { describe, expect, test } from "vitest";

import type { Component, Resource } from "#server/cost/cost.ts";
import { estimatePlan } from "#server/cost/estimate.ts";
import { parseUsage } from "#server/cost/usage.ts";
import { buildStaticPlan } from "#server/plan/plan.ts";

async function price(main: string, usage = ""): Promise<(address: string) => Resource> {
  const plan = await buildStaticPlan({ files: new Map([["main.tf", main]]) });
  const estimate = estimatePlan(plan, { usage: parseUsage(usage) });
  return (address) => estimate.resources.find((resource) => resource.address === address)!;
}

const named = (resource: Resource): Record<string, Component> =>
  Object.fromEntries(resource.components.map((component) => [component.name, component]));

describe("what stands between a service and the internet", () => {
  test("a front door pays for rules above five at the lower price", async () => {
    const rules = Array.from({ length: 7 }, () => "  routing_rule {\n    enabled = true\n  }").join("\n");
    const at = await price(`resource "azurerm_frontdoor" "a" {\n  location = "westeurope"\n${rules}\n}`);
    const lines = named(at("azurerm_frontdoor.a"));
    expect(lines["Routing rules (first 5 rules)"]?.monthly).toBe("109.5");
    expect(lines["Routing rules (per additional rule)"]?.monthly).toBe("17.52");
    expect(lines["Inbound data transfer"]?.state).toBe("depends_on_usage");
  });

  test("a content network's price hangs on who delivers, in tiers", async () => {
    const at = await price(
      `resource "azurerm_cdn_profile" "p" {\n  location = "eastus"\n  sku = "Standard_Verizon"\n}
       resource "azurerm_cdn_endpoint" "e" {\n  location = "eastus"\n  profile_name = azurerm_cdn_profile.p.name\n}`,
      "resource_usage:\n  azurerm_cdn_endpoint.e:\n    monthly_outbound_gb: 12_000",
    );
    expect(at("azurerm_cdn_endpoint.e").components.map(({ name, monthly }) => [name, monthly])).toEqual([
      ["Outbound data transfer (Standard Verizon, first 10TB)", "810"],
      ["Outbound data transfer (Standard Verizon, next 40TB)", "150"],
    ]);
  });
});

describe("data factories and Synapse", () => {
  test("a runtime is priced by the core, whatever its size", async () => {
    const at = await price(
      `resource "azurerm_data_factory_integration_runtime_azure" "r" {\n  location = "westeurope"\n  core_count = 16\n}`,
    );
    const [compute] = at("azurerm_data_factory_integration_runtime_azure.r").components;
    expect(compute).toMatchObject({ name: "Compute (General Purpose, 16 vCores)", monthly: "3130.24" });
  });

  test("a Synapse pool is priced by its units, its storage by what is stated", async () => {
    const at = await price(
      `resource "azurerm_synapse_workspace" "w" {\n  location = "westeurope"\n}
       resource "azurerm_synapse_sql_pool" "p" {\n  synapse_workspace_id = azurerm_synapse_workspace.w.id\n  sku_name = "DW400c"\n}`,
      "resource_usage:\n  azurerm_synapse_sql_pool.p:\n    storage_tb: 2\n    disaster_recovery_enabled: false",
    );
    expect(at("azurerm_synapse_sql_pool.p").components.map(({ name, monthly }) => [name, monthly])).toEqual([
      ["DWU blocks (DW400c)", "4409.2"],
      ["Storage", "46"],
    ]);
  });
});

describe("what watches, and whom it tells", () => {
  test("notifications are priced one by one, for each receiver", async () => {
    const receivers = `  email_receiver {\n    name = "a"\n  }\n  email_receiver {\n    name = "b"\n  }
      sms_receiver {\n    country_code = "1"\n  }`;
    const at = await price(
      `resource "azurerm_monitor_action_group" "g" {\n  location = "eastus"\n${receivers}\n}`,
      "resource_usage:\n  azurerm_monitor_action_group.g:\n    monthly_notifications: 1000",
    );
    expect(at("azurerm_monitor_action_group.g").components.map(({ name, monthly }) => [name, monthly])).toEqual([
      ["Email notifications (2)", "0.04"],
      ["Country code 1 (1)", "6.45"],
    ]);
  });

  test("a web test is priced by how often it runs; switched off it is free", async () => {
    const at = await price(`
      resource "azurerm_application_insights_standard_web_test" "a" {\n  location = "westeurope"\n  enabled = true\n}
      resource "azurerm_application_insights_standard_web_test" "b" {\n  location = "westeurope"\n  enabled = false\n}`);
    expect(at("azurerm_application_insights_standard_web_test.a").components[0]?.quantity).toBe("8760");
    expect(at("azurerm_application_insights_standard_web_test.b").state).toBe("free");
  });
});

describe("clusters and backup", () => {
  test("a cluster is its heads, keepers and workers", async () => {
    const at = await price(`resource "azurerm_hdinsight_hadoop_cluster" "h" {
      location = "eastus"
      roles {
        head_node {
          vm_size = "Standard_D3_V2"
        }
        worker_node {
          vm_size = "Standard_D4_V2"
          target_instance_count = 4
        }
        zookeeper_node {
          vm_size = "Standard_D3_V2"
        }
      }
    }`);
    const monthly = at("azurerm_hdinsight_hadoop_cluster.h").components.map((component) => component.monthly);
    expect(monthly).toEqual(["430.7", "1722.8", "646.05"]);
  });

  test("a vault is billed for the machines it protects, and free without any", async () => {
    const at = await price(
      `resource "azurerm_recovery_services_vault" "v" {\n  name = "v"\n  location = "westeurope"\n}
       resource "azurerm_recovery_services_vault" "empty" {\n  name = "e"\n  location = "westeurope"\n}
       resource "azurerm_backup_protected_vm" "m" {\n  recovery_vault_name = azurerm_recovery_services_vault.v.name\n}`,
      "resource_usage:\n  azurerm_recovery_services_vault.v:\n    azurerm_backup_protected_vm.m:\n      disk_utilization_gb: 300",
    );
    expect(at("azurerm_recovery_services_vault.v").components.map(({ name, monthly }) => [name, monthly])).toEqual([
      ["Instance backup (under 500 GB)", "10"],
      ["GRS data stored", "13.44"],
    ]);
    expect(at("azurerm_recovery_services_vault.empty").state).toBe("free");
  });
});

test("an interface endpoint is charged in each subnet it refers to, before the subnets have names", async () => {
  const at = await price(`
    provider "aws" {\n  region = "us-east-1"\n}
    resource "aws_subnet" "s" {\n  count = 2\n  vpc_id = "vpc-1"\n  cidr_block = cidrsubnet("10.0.0.0/16", 8, count.index)\n}
    resource "aws_vpc_endpoint" "ssm" {
      vpc_id            = "vpc-1"
      service_name      = "com.amazonaws.us-east-1.ssm"
      vpc_endpoint_type = "Interface"
      subnet_ids        = aws_subnet.s[*].id
    }`);
  const endpoint = named(at("aws_vpc_endpoint.ssm"))["Endpoint (Interface)"];
  expect(endpoint).toMatchObject({ quantity: "1460", quantityFrom: "assumed", monthly: "14.6" });
});
