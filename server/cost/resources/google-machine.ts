import { fixed, hourly, hoursPerMonth, type Line, type PriceQuery, unlisted } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import { table } from "#server/cost/table.ts";

/** A machine of Compute Engine, wherever it is started. */
export interface GoogleMachine {
  type: string;
  isPreemptible: boolean;
  hours: number;
}

/** Families whose machines get cheaper the longer they run in a month: what each quarter of it costs. */
const sustainedUse: [family: RegExp, quarters: readonly [number, number, number, number]][] = [
  [/^(n1|f1|g1|m1)-/, [1, 0.8, 0.6, 0.4]],
  [/^(n2|n2d|c2|m2)-/, [1, 0.8678, 0.733, 0.6]],
];

function quarterFactor(hours: number, quarters: readonly number[]): ReturnType<typeof amount> {
  const used = Math.min(1, hours / hoursPerMonth);
  let billed = amount(0);
  for (const [index, rate] of quarters.entries()) {
    const share = Math.max(0, Math.min(0.25, used - index * 0.25));
    billed = billed.plus(amount(share).times(rate));
  }
  return used === 0 ? amount(1) : billed.div(used);
}

/** The full month has a price of its own; part of a month is worked out from the hour. */
function machinePrices(machine: GoogleMachine): PriceQuery[] {
  const query = { type: "google_compute_instance", sku: machine.type };
  const isMonth = machine.hours >= hoursPerMonth && !machine.isPreemptible;
  const quarters = sustainedUse.find(([family]) => family.test(machine.type))?.[1];
  const times = quarters && !isMonth && !machine.isPreemptible ? quarterFactor(machine.hours, quarters) : 1;
  const month = { ...query, unit: "month (730 h)", attributes: { sustained_use: "full_month" } };
  return [...(isMonth ? [{ ...month, times: amount(1).div(hoursPerMonth) }] : []), { ...query, unit: "hours", times }];
}

export interface CustomShape {
  family: string;
  vcpu: number;
  memoryGb: number;
  isExtended: boolean;
}

export function customShape(type: string): CustomShape | null {
  const match = /^(?:([a-z]\w*)-)?custom-(\d+)-(\d+)(-ext)?$/.exec(type);
  if (!match) return null;
  return {
    family: (match[1] ?? "n1").toUpperCase(),
    vcpu: Number(match[2]),
    memoryGb: Number(match[3]) / 1024,
    isExtended: match[4] !== undefined,
  };
}

/** Memory per vCPU beyond which it is billed as extended. */
const extendedFromGb = table<number>({ N1: 6.5, N2: 8, N2D: 8 });
const noCustom = "custom machine types have no list price here";

function* customLines(machine: GoogleMachine, shape: CustomShape): Iterable<Line> {
  const term = machine.isPreemptible ? "preemptible" : "on-demand";
  const label = (size: string) => `(Linux/UNIX, ${term}, ${shape.family} ${size})`;
  const line = (name: string) => unlisted(name, "hours", machine.hours, noCustom, { billsWhile: "running" });
  const plain = Math.min(shape.memoryGb, shape.vcpu * (extendedFromGb[shape.family] ?? 8));
  yield line(`Custom instance CPU ${label(`${shape.vcpu} vCPUs`)}`);
  yield line(`Custom Instance RAM ${label(`${shape.isExtended ? plain : shape.memoryGb} GB`)}`);
  if (shape.isExtended && shape.memoryGb > plain) {
    yield line(`Custom Instance Extended RAM ${label(`${shape.memoryGb - plain} GB`)}`);
  }
}

export function* machineLines(machine: GoogleMachine): Iterable<Line> {
  const shape = customShape(machine.type);
  if (shape) {
    yield* customLines(machine, shape);
    return;
  }
  const term = machine.isPreemptible ? "preemptible" : "on-demand";
  const options = { hours: machine.hours, isSpot: machine.isPreemptible, billsWhile: "running" as const };
  yield hourly(`Instance usage (Linux/UNIX, ${term}, ${machine.type})`, machinePrices(machine), options);
}

const gpuNames = table<string>({
  "nvidia-tesla-t4": "NVIDIA Tesla T4",
  "nvidia-tesla-p4": "NVIDIA Tesla P4",
  "nvidia-tesla-v100": "NVIDIA Tesla V100",
  "nvidia-tesla-p100": "NVIDIA Tesla P100",
  "nvidia-tesla-k80": "NVIDIA Tesla K80",
  "nvidia-tesla-a100": "NVIDIA Tesla A100",
  "nvidia-a100-80gb": "NVIDIA A100 80GB",
  "nvidia-l4": "NVIDIA L4",
  "nvidia-h100-80gb": "NVIDIA H100 80GB",
});

/** Accelerators cost the same on any machine; sheets list them under whatever they were read from. */
export function gpuLine(kind: string, count: number, machine: GoogleMachine): Line {
  const gpu = gpuNames[kind.split("/").at(-1) ?? kind] ?? kind;
  const sku = `${gpu} (on-demand)`;
  const types = ["google_compute_instance", "google_container_node_pool", "google_compute_instance_group_manager"];
  const term = machine.isPreemptible ? "preemptible" : "on-demand";
  const isIncluded = /^(g2|a2|a3|a4)-/.test(machine.type);
  return hourly(
    `${gpu} (${term})`,
    types.map((type) => ({ type, sku, unit: "hours" })),
    {
      hours: amount(machine.hours).times(count),
      isSpot: machine.isPreemptible,
      billsWhile: "running",
      ...(isIncluded ? { note: "the price of this machine type may already include its accelerators" } : {}),
    },
  );
}

const localSsdGb = 375;

/** Local SSDs come in whole disks; `types` are the resource types whose sheet lists them. */
export function localSsdLine(count: number, prices: readonly PriceQuery[], isPreemptible: boolean): Line {
  return fixed("Local SSD provisioned storage", "GB", localSsdGb * count, prices, {
    isSpot: isPreemptible,
    billsWhile: "running",
  });
}
