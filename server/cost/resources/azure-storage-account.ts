import { type Line, metered, type Tier, tiered } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";

interface Account {
  kind: string;
  tier: string;
  replication: string;
  /** As written; an account without one is Hot, and has prices of its own in some sheets. */
  access: string | undefined;
  isNfs: boolean;
}

function accountOf(resource: ResourceView): Account {
  return {
    kind: resource.text("account_kind") ?? "StorageV2",
    tier: resource.text("account_tier") ?? "Standard",
    replication: (resource.text("account_replication_type") ?? "LRS").replaceAll("-", "").toUpperCase(),
    access: resource.text("access_tier"),
    isNfs: resource.flag("nfsv3_enabled") ?? false,
  };
}

const tib = 1024;
const capacityTiers: readonly Tier[] = [
  { label: "first 50TB", upTo: 50 * tib },
  { label: "next 450TB", upTo: 550 * tib },
  { label: "over 500TB" },
];

function query(account: Account, sku: string, unit: string) {
  return {
    type: "azurerm_storage_account",
    sku,
    unit,
    attributes: {
      account_kind: account.kind,
      account_tier: account.tier,
      account_replication_type: account.replication,
      access_tier: account.access,
      nfsv3_enabled: String(account.isNfs),
    },
  };
}

type Part = readonly [name: string, unit: string, usage: string, per: number];

function partLine(resource: ResourceView, account: Account, [name, unit, usage, per]: Part): Line {
  const count = resource.usage.number(usage);
  const billsWhile = unit === "GB" && /Capacity|rest|Snapshots/.test(name) ? "provisioned" : "usage";
  const quantity = count === undefined ? null : amount(count).div(per);
  return metered(name, unit, quantity, query(account, name, unit), { billsWhile });
}

const ten = 10_000;
const listOperations: Part = [
  "List and create container operations",
  "10k operations",
  "monthly_list_and_create_container_operations",
  ten,
];
const operations: readonly Part[] = [
  ["Write operations", "10k operations", "monthly_write_operations", ten],
  listOperations,
  ["Read operations", "10k operations", "monthly_read_operations", ten],
  ["All other operations", "10k operations", "monthly_other_operations", ten],
];
const nfsOperations: readonly Part[] = [
  ["Iterative write operations", "100 operations", "monthly_iterative_write_operations", 100],
  operations[0]!,
  ["Iterative read operations", "10k operations", "monthly_iterative_read_operations", ten],
  ...operations.slice(2),
];
const retrieval: Part = ["Data retrieval", "GB", "monthly_data_retrieval_gb", 1];
const blobIndex: Part = ["Blob index", "10k tags", "blob_index_tags", ten];
const earlyDeletion: Part = ["Early deletion", "GB", "early_deletion_gb", 1];

function* capacityLines(resource: ResourceView, account: Account): Iterable<Line> {
  const isTiered =
    account.tier === "Standard" && account.kind !== "Storage" && (account.access ?? "Hot") === "Hot" && !account.isNfs;
  if (!isTiered) {
    yield partLine(resource, account, ["Capacity", "GB", "storage_gb", 1]);
    return;
  }
  const stored = resource.usage.number("storage_gb");
  yield* tiered(capacityTiers, "GB", stored, (label) => {
    const name = `Capacity (${label})`;
    const plain = label === "first 50TB" ? [query(account, "Capacity", "GB")] : [];
    return { name, prices: [query(account, name, "GB"), ...plain] };
  });
}

function* blobLines(resource: ResourceView, account: Account): Iterable<Line> {
  const isStandard = account.tier === "Standard";
  const isCool =
    isStandard && account.access === "Cool" && account.kind !== "Storage" && account.kind !== "BlockBlobStorage";
  yield* capacityLines(resource, account);
  const used = isStandard && account.isNfs ? nfsOperations : operations;
  for (const part of used) yield partLine(resource, account, part);
  if (isCool) yield partLine(resource, account, retrieval);
  if (isStandard && account.kind !== "Storage" && !account.isNfs) yield partLine(resource, account, blobIndex);
  if (isCool && account.kind === "StorageV2") yield partLine(resource, account, earlyDeletion);
}

function* fileLines(resource: ResourceView, account: Account): Iterable<Line> {
  yield partLine(resource, account, ["Data at rest", "GB", "data_at_rest_storage_gb", 1]);
  yield partLine(resource, account, ["Snapshots", "GB", "snapshots_storage_gb", 1]);
  if (account.tier === "Premium") return;
  yield partLine(resource, account, ["Metadata at rest", "GB", "metadata_at_rest_storage_gb", 1]);
  for (const part of operations) {
    yield partLine(
      resource,
      account,
      part === listOperations ? (["List operations", ...part.slice(1)] as unknown as Part) : part,
    );
  }
  if (account.access !== "Cool") return;
  yield partLine(resource, account, retrieval);
  yield partLine(resource, account, earlyDeletion);
}

export const azurermStorageAccount: PricedType = {
  unsupported(resource) {
    const { tier, replication, kind } = accountOf(resource);
    const isOffered = tier !== "Premium" || replication === "LRS" || replication === "ZRS";
    return isOffered ? null : `Premium ${kind} is not offered with ${replication} redundancy`;
  },
  *lines(resource) {
    const account = accountOf(resource);
    yield* account.kind === "FileStorage" ? fileLines(resource, account) : blobLines(resource, account);
  },
};
