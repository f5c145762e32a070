import { fixed, type Line, metered } from "#server/cost/line.ts";
import { table } from "#server/cost/table.ts";

export interface EbsVolume {
  kind: string | undefined;
  sizeGb: number | undefined;
  iops: number | undefined;
  throughput: number | undefined;
  ioRequests?: number | undefined;
}

const kinds = table<string>({
  gp2: "general purpose SSD, gp2",
  gp3: "general purpose SSD, gp3",
  io1: "provisioned IOPS SSD, io1",
  io2: "provisioned IOPS SSD, io2",
  st1: "throughput optimized HDD, st1",
  sc1: "cold HDD, sc1",
  standard: "magnetic",
});

/** What Amazon gives where the configuration says nothing. */
const defaultSizeGb = 8;
const includedIops = 3000;
const includedThroughput = 125;
const leastProvisionedIops = 100;

function query(kind: string, sku: string, unit: string) {
  return { type: "aws_ebs_volume", sku, unit, attributes: { type: kind } };
}

/** The lines of one EBS volume, attached or not. */
export function* ebsLines(volume: EbsVolume, group: readonly string[] = []): Iterable<Line> {
  const kind = volume.kind ?? "gp2";
  const name = `Storage (${kinds[kind] ?? kind})`;
  const from = volume.sizeGb === undefined ? "default" : "config";
  yield fixed(name, "GB", volume.sizeGb ?? defaultSizeGb, query(kind, name, "GB"), { group, from });
  const throughput = (volume.throughput ?? 0) - includedThroughput;
  if (kind === "gp3" && throughput > 0) {
    yield fixed("Provisioned throughput", "MiBps", throughput, query(kind, "Provisioned throughput", "MiBps"), {
      group,
    });
  }
  const iops = kind === "gp3" ? (volume.iops ?? 0) - includedIops : volume.iops;
  if (kind === "io1" || kind === "io2" || (kind === "gp3" && (iops ?? 0) > 0)) {
    const quantity = iops ?? leastProvisionedIops;
    const source = iops === undefined ? "default" : "config";
    yield fixed("Provisioned IOPS", "IOPS", quantity, query(kind, "Provisioned IOPS", "IOPS"), { group, from: source });
  }
  if (kind === "standard") {
    const requests = volume.ioRequests === undefined ? null : volume.ioRequests / 1_000_000;
    yield metered("I/O requests", "1M request", requests, query(kind, "I/O requests", "1M request"), { group });
  }
}
