import { fixed, type Line, metered } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";

function accountOf(resource: ResourceView): ResourceView | undefined {
  return ["storage_account_name", "storage_account_id"].flatMap((name) =>
    resource.targets(name, "azurerm_storage_account"),
  )[0];
}

function replicationOf(account: ResourceView | undefined): string {
  return (account?.text("account_replication_type") ?? "LRS").replaceAll("-", "").toUpperCase();
}

function per(count: number | undefined, unit: number): ReturnType<typeof amount> | null {
  return count === undefined ? null : amount(count).div(unit);
}

/** A share's size is its quota, unless the usage says how much is in it. */
function* shareStorage(resource: ResourceView, access: string, attributes: Record<string, string>): Iterable<Line> {
  const used = resource.usage.number("storage_gb");
  const price = { sku: "Data at rest", unit: "GB", attributes };
  const quota = resource.number("quota");
  if (access === "Premium") yield fixed("Data at rest", "GB", used ?? quota ?? 100, price);
  else yield metered("Data at rest", "GB", used ?? quota, price, { billsWhile: "provisioned" });
  const snapshots = { sku: "Snapshots", unit: "GB", attributes };
  yield metered("Snapshots", "GB", resource.usage.number("snapshots_storage_gb"), snapshots, {
    billsWhile: "provisioned",
  });
}

export const azurermStorageShare: PricedType = {
  *lines(resource) {
    const account = accountOf(resource);
    const access =
      resource.text("access_tier") ??
      (account?.text("account_tier") === "Premium" ? "Premium" : "TransactionOptimized");
    const attributes = { access_tier: access, account_replication_type: replicationOf(account) };
    yield* shareStorage(resource, access, attributes);
    if (access === "Premium") return;
    const { usage } = resource;
    const part = (name: string, unit: string, quantity: ReturnType<typeof amount> | number | null | undefined) =>
      metered(name, unit, quantity, { sku: name, unit, attributes });
    if (access !== "TransactionOptimized")
      yield part("Metadata at rest", "GB", usage.number("metadata_at_rest_storage_gb"));
    const operations = ["Write", "List", "Read", "Other"];
    for (const kind of operations) {
      const count = usage.number(`monthly_${kind.toLowerCase()}_operations`);
      yield part(`${kind} operations`, "10k operations", per(count, 10_000));
    }
    if (access === "Cool") yield part("Data retrieval", "GB", usage.number("monthly_data_retrieval_gb"));
  },
};

export const azurermStorageQueue: PricedType = {
  *lines(resource) {
    const account = accountOf(resource);
    const replication = replicationOf(account);
    const attributes = {
      account_kind: account?.text("account_kind") ?? "StorageV2",
      account_replication_type: replication,
    };
    const { usage } = resource;
    const part = (name: string, unit: string, quantity: ReturnType<typeof amount> | number | null | undefined) =>
      metered(name, unit, quantity, { sku: name, unit, attributes });
    yield { ...part("Capacity", "GB", usage.number("monthly_storage_gb")), billsWhile: "provisioned" };
    yield part("Class 1 operations", "10k operations", per(usage.number("monthly_class_1_operations"), 10_000));
    yield part("Class 2 operations", "10k operations", per(usage.number("monthly_class_2_operations"), 10_000));
    if (!replication.includes("G")) return;
    yield part("Geo-replication data transfer", "GB", usage.number("monthly_geo_replication_data_transfer_gb"));
  },
};
