import { createHash } from "node:crypto";

import type { PrecisionKind } from "#server/cost/cost.ts";
import { canonicalFact } from "./canonical-fact.ts";
import { parseCsv } from "./csv.ts";
import type { BookRow, PriceBookFile, PriceSourceNote } from "./price-book.ts";
import { type PriceFact, priceFact } from "./price-fact.ts";

/** Price sheets by file name, as text. */
export type PriceSheets = Readonly<Record<string, string>>;

const notPrices = new Set(["SOURCES.csv", "free_resource_types.csv", "aws_ec2_specs.csv", "gcp_machine_specs.csv"]);

function precisionOf(text: string): PrecisionKind {
  const kind = text.split("±")[0]!;
  return kind === "derived" || kind === "rounded" || kind === "quoted" ? kind : "exact";
}

/** "rounded±3.8%": a price shown to the cent, whose further digits nobody has. */
function marginOf(text: string): number[] {
  const match = /^rounded±([\d.]+)%$/.exec(text);
  return match ? [Number(match[1])] : [];
}

/** Bulk sheets first, then longer numbers, then younger ones: the first fact of a key is the one that stays. */
function byTrust(a: PriceFact, b: PriceFact): number {
  const rank = (fact: PriceFact) => ["exact", "derived", "rounded", "quoted"].indexOf(precisionOf(fact.precision));
  return rank(a) - rank(b) || b.price.length - a.price.length || b.asOf.localeCompare(a.asOf);
}

function readFacts(sheets: PriceSheets): PriceFact[] {
  const facts = Object.entries(sheets)
    .filter(([table]) => !notPrices.has(table))
    .flatMap(([table, text]) => parseCsv(text).map((row) => canonicalFact(priceFact(row, table))));
  return facts.filter((fact) => fact !== null).sort(byTrust);
}

function readSources(text: string): PriceSourceNote[] {
  return parseCsv(text).map((row) => ({
    id: row.id ?? "",
    repository: row.repository_or_page ?? "",
    commit: row.commit ?? "",
    path: row.path ?? "",
    licence: row.licence ?? "",
    asOf: row.as_of ?? "",
    note: row.note ?? "",
  }));
}

function readMachines(sheets: PriceSheets): PriceBookFile["machines"] {
  const machines: Record<string, readonly [number, number]> = {};
  for (const row of parseCsv(sheets["aws_ec2_specs.csv"] ?? "")) {
    machines[row.instance_type ?? ""] = [Number(row.vcpu), Number(row.memory_gib)];
  }
  for (const row of parseCsv(sheets["gcp_machine_specs.csv"] ?? "")) {
    machines[row.machine_type ?? ""] = [Number(row.vcpu), Number(row.memory_gb)];
  }
  return machines;
}

function collectPrices(facts: readonly PriceFact[]): Pick<PriceBookFile, "origins" | "prices"> {
  const origins = new Map<string, number>();
  const prices: Record<string, Record<string, Record<string, Record<string, BookRow[]>>>> = {};
  for (const fact of facts) {
    const origin = JSON.stringify([
      fact.table,
      fact.source,
      fact.asOf,
      precisionOf(fact.precision),
      ...marginOf(fact.precision),
    ]);
    if (!origins.has(origin)) origins.set(origin, origins.size);
    prices[fact.type] ??= {};
    const skus = prices[fact.type]!;
    skus[fact.sku.toLowerCase()] ??= {};
    const units = skus[fact.sku.toLowerCase()]!;
    units[fact.unit] ??= {};
    units[fact.unit]![fact.region] ??= [];
    const rows = units[fact.unit]![fact.region]!;
    const attributes = sorted(fact.attributes);
    const isKnown = rows.some((row) => JSON.stringify(row[2] ?? {}) === JSON.stringify(attributes));
    if (isKnown) continue;
    const isPlain = Object.keys(attributes).length === 0;
    rows.push(isPlain ? [fact.price, origins.get(origin)!] : [fact.price, origins.get(origin)!, attributes]);
  }
  return {
    origins: [...origins.keys()].map((origin) => JSON.parse(origin) as PriceBookFile["origins"][number]),
    prices,
  };
}

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** All sheets as one price book. Equal sheets give an equal book with an equal id. */
export function buildPriceBook(sheets: PriceSheets): PriceBookFile {
  const facts = readFacts(sheets);
  const dates = facts.map((fact) => fact.asOf).filter((date) => /^\d{4}-/.test(date));
  const { origins, prices } = collectPrices(facts);
  const content = {
    sources: readSources(sheets["SOURCES.csv"] ?? ""),
    origins,
    prices: sorted(prices),
    freeTypes: parseCsv(sheets["free_resource_types.csv"] ?? "").map((row) => row.resource_type ?? ""),
    machines: sorted(readMachines(sheets)),
  };
  const id = createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 16);
  const ordered = dates.sort();
  return { id, asOfMin: ordered[0] ?? "unknown", asOfMax: ordered.at(-1) ?? "unknown", ...content };
}
