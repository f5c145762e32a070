import { describe, expect, test } from "vitest";

import type { Estimate } from "#server/cost/cost.ts";
import { estimatePlan } from "#server/cost/estimate.ts";
import { pricedTypes } from "./registry.ts";

const types = Object.keys(pricedTypes).sort();

function planOf(values: (type: string) => Record<string, unknown>) {
  return {
    planned_values: {
      root_module: {
        resources: types.map((type) => ({
          address: `${type}.x`,
          mode: "managed",
          type,
          name: "x",
          values: values(type),
        })),
      },
    },
  };
}

function expectHonest(estimate: Estimate): void {
  expect(estimate.coverage.detected).toBe(types.length);
  for (const resource of estimate.resources) {
    for (const component of resource.components) {
      expect(component.monthly === null, `${resource.address} ${component.name}`).toBe(component.state !== "priced");
      expect(component.unitPrice, `${resource.address} ${component.name}`).not.toBe("0");
      if (component.quantity === null) expect(component.monthly).toBeNull();
    }
  }
}

const attributes = [
  "size",
  "sku",
  "sku_name",
  "instance_type",
  "instance_class",
  "node_type",
  "machine_type",
  "engine",
  "storage_type",
  "settings",
  "type",
  "tier",
  "capacity",
  "volume_size",
  "allocated_storage",
  "location",
  "region",
  "cluster_config",
  "ebs_options",
  "zones",
  "scaling_config",
  "default_node_pool",
  "node_pool",
  "node_config",
  "boot_disk",
  "network_interface",
  "os_disk",
  "storage_mb",
  "root_block_device",
  "ebs_block_device",
  "launch_template",
  "mixed_instances_policy",
  "lifecycle_rule",
  "origin",
  "rule",
  "account_tier",
  "account_kind",
  "account_replication_type",
  "database_version",
  "memory_size_gb",
  "replica",
  "billing_mode",
  "version",
  "name",
  "tags",
];

const junk: unknown[] = [
  null,
  true,
  -5,
  1e308,
  "",
  "x".repeat(300),
  "__proto__",
  "12abc",
  [],
  [null],
  [[]],
  [{}],
  {},
  { a: { b: 1 } },
  ["a", 1, null],
];

/** Addresses of the whole world have one price. */
const global = [
  "azurerm_app_service_certificate_order",
  "azurerm_traffic_manager_azure_endpoint",
  "azurerm_traffic_manager_external_endpoint",
  "azurerm_traffic_manager_nested_endpoint",
  "google_compute_global_address",
];

describe("every priced type", () => {
  test("is estimated with nothing configured", () => {
    expectHonest(estimatePlan(planOf(() => ({}))));
  });

  test.each(junk.map((value, index) => [index, value] as const))(
    "is estimated with nonsense in every attribute (%i)",
    (_index, value) => {
      const values = Object.fromEntries(attributes.map((name) => [name, value]));
      expectHonest(estimatePlan(planOf(() => values)));
    },
  );

  test("of a region without prices has no figure", () => {
    const estimate = estimatePlan(planOf(() => ({ region: "mars-north-1", location: "mars-north-1" })));
    const priced = estimate.resources.filter((resource) => Number(resource.monthly ?? 0) > 0);
    expect(priced.map((resource) => resource.type)).toEqual(global);
  });
});
