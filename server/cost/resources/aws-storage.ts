import { fixed, metered } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType } from "#server/cost/priced-type.ts";

export const awsEfsFileSystem: PricedType = {
  *lines(resource) {
    const { usage } = resource;
    const isOneZone =
      resource.isUnknown("availability_zone_name") || resource.text("availability_zone_name") !== undefined;
    const place = isOneZone ? "one zone" : "standard";
    const part = (name: string, unit: string, quantity: number | undefined) =>
      metered(name, unit, quantity, { sku: name, unit });
    yield { ...part(`Storage (${place})`, "GB", usage.number("storage_gb")), billsWhile: "provisioned" };
    const throughput = resource.number("provisioned_throughput_in_mibps");
    if (throughput !== undefined) {
      const included = amount(usage.number("storage_gb") ?? 0).div(20);
      const over = amount(throughput).minus(included);
      const price = { sku: "Provisioned throughput", unit: "MBps" };
      if (over.gt(0)) yield fixed("Provisioned throughput", "MBps", over, price);
    }
    if (resource.blocks("lifecycle_policy").length === 0) return;
    yield part(`Storage (${place}, infrequent access)`, "GB", usage.number("infrequent_access_storage_gb"));
    yield part("Read requests (infrequent access)", "GB", usage.number("monthly_infrequent_access_read_gb"));
    yield part("Write requests (infrequent access)", "GB", usage.number("monthly_infrequent_access_write_gb"));
  },
};

export const awsFsxWindowsFileSystem: PricedType = {
  *lines(resource) {
    const kind = resource.text("storage_type") ?? "SSD";
    const attributes = { deployment_type: resource.text("deployment_type") };
    const throughput = { sku: "Throughput capacity", unit: "MBps", attributes };
    yield fixed("Throughput capacity", "MBps", resource.number("throughput_capacity") ?? 8, throughput);
    const storage = { sku: `${kind} storage`, unit: "GB", attributes };
    yield fixed(`${kind} storage`, "GB", resource.number("storage_capacity") ?? 32, storage);
    yield metered("Backup storage", "GB", resource.usage.number("backup_storage_gb"), {
      sku: "Backup storage",
      unit: "GB",
    });
  },
};

const includedIopsPerGb = 3;

export const awsFsxOpenzfsFileSystem: PricedType = {
  *lines(resource) {
    const size = resource.number("storage_capacity") ?? 64;
    const throughput = { sku: "Throughput capacity", unit: "MBps" };
    yield fixed("Throughput capacity", "MBps", resource.number("throughput_capacity") ?? 64, throughput);
    yield fixed("SSD storage", "GB", size, { sku: "SSD storage", unit: "GB" });
    const iops = resource.block("disk_iops_configuration")?.number("iops") ?? 0;
    const over = iops - size * includedIopsPerGb;
    if (over > 0) yield fixed("Provisioned IOPS", "IOPS", over, { sku: "Provisioned IOPS", unit: "IOPS" });
    yield metered("Backup storage", "GB", resource.usage.number("backup_storage_gb"), {
      sku: "Backup storage",
      unit: "GB",
    });
  },
};
