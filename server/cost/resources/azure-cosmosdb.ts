import { fixed, type Line, metered } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { normalRegion } from "#server/cost/region.ts";
import { table } from "#server/cost/table.ts";

const unitsPerPrice = 100;
/** Two copies of periodic backup are included. */
const includedBackups = 2;
const million = 1_000_000;

/** Sheets write places as people do. */
const placeNames = table<string>({
  eastus: "East US",
  eastus2: "East US 2",
  westus: "West US",
  westus2: "West US 2",
  centralus: "Central US",
  northeurope: "North Europe",
  westeurope: "West Europe",
});

function accountOf(resource: ResourceView, hops = 0): ResourceView | undefined {
  const [account] = resource.targets("account_name", "azurerm_cosmosdb_account");
  if (account || hops > 2) return account;
  for (const attribute of ["database_name", "cassandra_keyspace_id", "keyspace_name"]) {
    for (const parent of resource.targets(attribute)) {
      const found = parent === resource ? undefined : accountOf(parent, hops + 1);
      if (found) return found;
    }
  }
  return undefined;
}

function placesOf(resource: ResourceView, account: ResourceView | undefined): string[] {
  const places = (account?.blocks("geo_location") ?? []).map((place) => place.text("location") ?? "");
  const regions = places.length > 0 ? places : [resource.region ?? ""];
  return regions.map((place) => placeNames[normalRegion("azurerm", place)] ?? place);
}

/** A region that takes writes beside others costs more per unit; zones cost a quarter more. */
function throughputLines(resource: ResourceView, account: ResourceView | undefined, places: readonly string[]): Line[] {
  const most = resource.block("autoscale_settings")?.number("max_throughput");
  const provisioned = resource.number("throughput");
  if (most === undefined && provisioned === undefined) return [];
  const mode = most === undefined ? "provisioned" : "autoscale";
  const isMultiWrite =
    account?.flag("enable_multiple_write_locations") ?? account?.flag("multiple_write_locations_enabled") ?? false;
  return places.map((place) => {
    const name = `Provisioned throughput (${mode}, ${place})`;
    const factor = isMultiWrite && places.length > 1 ? 2 : 1;
    const price = { sku: name, unit: "RU/s x 100", ...(factor === 1 ? {} : { times: factor }) };
    if (most === undefined) return fixed(name, "RU/s x 100", amount(provisioned ?? 0).div(unitsPerPrice), price);
    const share = resource.usage.number("max_request_units_utilization_percentage");
    const full = amount(most).div(unitsPerPrice);
    const autoscale = { ...price, times: amount(factor).times("1.5") };
    const prices = [{ sku: name, unit: "RU/s x 100" }, autoscale];
    const range = { low: full.div(10), high: full };
    if (share === undefined) return metered(name, "RU/s x 100", null, prices, { billsWhile: "provisioned" });
    return metered(name, "RU/s x 100", full.times(share).div(100), prices, { range, billsWhile: "provisioned" });
  });
}

function isServerless(account: ResourceView | undefined): boolean {
  return (account?.blocks("capabilities") ?? []).some((capability) => capability.text("name") === "EnableServerless");
}

function* storageLines(
  resource: ResourceView,
  account: ResourceView | undefined,
  places: readonly string[],
): Iterable<Line> {
  const stored = resource.usage.number("storage_gb");
  const backup = account?.block("backup");
  const isContinuous = backup?.text("type") === "Continuous";
  const copies =
    backup?.number("retention_in_hours") && backup.number("interval_in_minutes")
      ? Math.floor(((backup.number("retention_in_hours") ?? 0) * 60) / (backup.number("interval_in_minutes") ?? 1))
      : includedBackups;
  for (const place of places) {
    const part = (label: string, quantity: number | null | undefined) => {
      const name = `${label} (${place})`;
      return metered(name, "GB", quantity, { sku: name, unit: "GB" }, { billsWhile: "provisioned" });
    };
    yield part("Transactional storage", stored);
    if (isContinuous) yield part("Continuous backup", stored);
    else if (copies > includedBackups) {
      yield part("Periodic backup", stored === undefined ? null : stored * (copies - includedBackups));
    }
  }
  const restored = { sku: "Restored data", unit: "GB" };
  yield metered("Restored data", "GB", resource.usage.number("monthly_restored_data_gb"), restored);
}

function* analyticalLines(
  resource: ResourceView,
  account: ResourceView | undefined,
  places: readonly string[],
): Iterable<Line> {
  const isOn = account?.flag("analytical_storage_enabled") ?? false;
  if (!isOn && (resource.number("analytical_storage_ttl") ?? 0) === 0) return;
  const { usage } = resource;
  const operations = (key: string) => {
    const count = usage.number(key);
    return count === undefined ? null : amount(count).div(10_000);
  };
  for (const place of places) {
    const parts = [
      [`Analytical storage (${place})`, "GB", usage.number("storage_gb")],
      [
        `Analytical write operations (${place})`,
        "10K operations",
        operations("monthly_analytical_storage_write_operations"),
      ],
      [
        `Analytical read operations (${place})`,
        "10K operations",
        operations("monthly_analytical_storage_read_operations"),
      ],
    ] as const;
    for (const [name, unit, quantity] of parts) yield metered(name, unit, quantity, { sku: name, unit });
  }
}

/** Keyspaces, databases, containers and tables of Cosmos DB are billed alike. */
export const azurermCosmosdb: PricedType = {
  *lines(resource) {
    const account = accountOf(resource);
    const places = placesOf(resource, account);
    const provisioned = throughputLines(resource, account, places);
    if (isServerless(account)) {
      const units = resource.usage.number("monthly_serverless_request_units");
      const price = { sku: "Provisioned throughput (serverless)", unit: "1M RU" };
      yield metered(price.sku, "1M RU", units === undefined ? null : amount(units).div(million), price);
    } else yield* provisioned;
    yield* storageLines(resource, account, places);
    yield* analyticalLines(resource, account, places);
  },
};
