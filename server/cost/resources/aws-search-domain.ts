import type { Attributes } from "#server/cost/attributes.ts";
import { fixed, hourly, hoursPerMonth, type Line } from "#server/cost/line.ts";
import type { PricedType } from "#server/cost/priced-type.ts";

const defaults = { node: "m4.large", master: "m4.large", warm: "ultrawarm1.medium", sizeGb: 8 };
const gp3 = { iops: 3000, throughput: 125 };

function nodeLine(label: string, type: string, count: number): Line {
  const sku = type.replace(/\.elasticsearch$/, ".search");
  const price = { type: "aws_opensearch_domain", sku, unit: "hours" };
  return hourly(`${label} (on-demand, ${type})`, price, { hours: count * hoursPerMonth });
}

function* storageLines(domainType: string, ebs: Attributes | undefined): Iterable<Line> {
  if (ebs?.flag("ebs_enabled") === false) return;
  const kind = ebs?.text("volume_type") ?? "gp2";
  const part = (name: string, unit: string, quantity: number, from: "config" | "default" = "config") => {
    const types = [domainType, "aws_opensearch_domain", "aws_elasticsearch_domain"];
    return fixed(
      name,
      unit,
      quantity,
      types.map((type) => ({ type, sku: name, unit })),
      { from },
    );
  };
  const size = ebs?.number("volume_size");
  yield part(`Storage (${kind})`, "GB", size ?? defaults.sizeGb, size === undefined ? "default" : "config");
  const iops = ebs?.number("iops") ?? 0;
  const throughput = ebs?.number("throughput") ?? 0;
  if (kind === "io1") yield part("Storage IOPS (io1)", "IOPS", Math.max(iops, 1));
  if (kind === "gp3" && iops > gp3.iops) yield part("Storage IOPS (gp3)", "IOPS", iops - gp3.iops);
  if (kind === "gp3" && throughput > gp3.throughput)
    yield part("Throughput (gp3)", "MiBps", throughput - gp3.throughput);
}

/** OpenSearch and its predecessor differ in the suffix of a node's name alone. */
export function searchDomain(domainType: string, suffix: string): PricedType {
  return {
    *lines(resource) {
      const cluster = resource.block("cluster_config");
      const count = cluster?.number("instance_count") ?? 1;
      yield nodeLine("Instance", cluster?.text("instance_type") ?? `${defaults.node}.${suffix}`, count);
      yield* storageLines(domainType, resource.block("ebs_options"));
      if (cluster?.flag("dedicated_master_enabled")) {
        const type = cluster.text("dedicated_master_type") ?? `${defaults.master}.${suffix}`;
        yield nodeLine("Dedicated master", type, cluster.number("dedicated_master_count") ?? 3);
      }
      if (cluster?.flag("warm_enabled")) {
        const type = cluster.text("warm_type") ?? `${defaults.warm}.${suffix}`;
        yield nodeLine("UltraWarm instance", type, cluster.number("warm_count") ?? 2);
      }
    },
  };
}
