import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

import type { Money, PrecisionKind, PriceRef } from "#server/cost/cost.ts";
import { matchVariant } from "./variant.ts";

export interface PriceSourceNote {
  id: string;
  repository: string;
  commit: string;
  path: string;
  licence: string;
  asOf: string;
  note: string;
}

/** Price, index of its origin, and the attributes it holds for (absent: it holds for all). */
export type BookRow = readonly [price: Money, origin: number, attributes?: Readonly<Record<string, string>>];

/** The committed file. Origins are shared by many rows: table, source, date, precision. */
export interface PriceBookFile {
  id: string;
  asOfMin: string;
  asOfMax: string;
  sources: PriceSourceNote[];
  origins: (readonly [table: string, source: string, asOf: string, precision: PrecisionKind, marginPercent?: number])[];
  /** Resource type, then sku, then unit, then region. */
  prices: Record<string, Record<string, Record<string, Record<string, BookRow[]>>>>;
  freeTypes: string[];
  /** vCPU and memory in GiB by machine type. */
  machines: Record<string, readonly [vcpu: number, memoryGib: number]>;
}

export interface PriceKey {
  /** Resource type whose prices are meant. */
  type: string;
  sku: string;
  region: string;
  unit: string;
  /** What tells prices of the same name apart: engine, tenancy class, replication. */
  attributes?: Readonly<Record<string, string | undefined>>;
}

export interface FoundPrice {
  unitPrice: Money;
  /** Half-width of what a rounded source leaves open, in percent; absent where the digits are the source's own. */
  marginPercent?: number;
  ref: PriceRef;
}

export interface PriceBook {
  readonly id: string;
  readonly asOfMin: string;
  readonly asOfMax: string;
  readonly sources: readonly PriceSourceNote[];
  find(key: PriceKey): FoundPrice | null;
  /** Regions that do have a price, for the message "no price for eu-west-1". */
  regionsOf(key: Omit<PriceKey, "region">): string[];
  isFree(type: string): boolean;
  machine(type: string): { vcpu: number; memoryGib: number } | null;
}

/** Object keys that came from data must not find what every object inherits. */
function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}

export function openPriceBook(file: PriceBookFile): PriceBook {
  const free = new Set(file.freeTypes);
  const regions = (key: Omit<PriceKey, "region">) =>
    own(own(own(file.prices, key.type), key.sku.toLowerCase()), key.unit);
  return {
    id: file.id,
    asOfMin: file.asOfMin,
    asOfMax: file.asOfMax,
    sources: file.sources,
    find(key) {
      const rows = own(regions(key), key.region);
      const row = rows && matchVariant(rows, key.attributes ?? {});
      if (!row) return null;
      const [table, source, asOf, precision, marginPercent] = file.origins[row[1]]!;
      const ref = { table, sku: key.sku, region: key.region, asOf, source, precision };
      return { unitPrice: row[0], ref, ...(marginPercent === undefined ? {} : { marginPercent }) };
    },
    regionsOf: (key) => Object.keys(regions(key) ?? {}).sort(),
    isFree: (type) => free.has(type),
    machine(type) {
      const spec = own(file.machines, type);
      return spec ? { vcpu: spec[0], memoryGib: spec[1] } : null;
    },
  };
}

let embedded: PriceBook | undefined;

/** The committed price book, read once on first use. */
export function embeddedPriceBook(): PriceBook {
  if (!embedded) {
    const packed = readFileSync(join(process.cwd(), "server/cost/price-book/prices.generated.json.gz"));
    embedded = openPriceBook(JSON.parse(gunzipSync(packed).toString("utf8")) as PriceBookFile);
  }
  return embedded;
}
