import { UnknownValue } from "./attributes.ts";
import type { Component, PriceProvider, PriceRef, State } from "./cost.ts";
import type { Line, PriceQuery } from "./line.ts";
import { type Amount, amount, money } from "./money.ts";
import type { FoundPrice, PriceBook, PriceKey } from "./price-book/price-book.ts";
import type { ResourceView } from "./priced-type.ts";

/** A price the embedded book lacks: what another source would have to know. */
export interface MissingPrice {
  address: string;
  component: string;
  group: readonly string[];
  unit: string;
  key: PriceKey;
  /** The price under the key times this is the price of one unit of the component. */
  times: string;
}

/** Prices found elsewhere for what the embedded book lacks, by `missingId`. */
export type ExtraPrices = ReadonlyMap<string, FoundPrice & { provider: PriceProvider }>;

export function missingId(address: string, group: readonly string[], component: string): string {
  return JSON.stringify([address, ...group, component]);
}

interface PricedLine {
  unitPrice: Amount;
  /** Percent that a rounded price may be off either way. */
  margin: number;
  ref: PriceRef;
}

export interface Pricing {
  book: PriceBook;
  extra: ExtraPrices;
  missing: MissingPrice[];
}

function keyOf(resource: ResourceView, query: PriceQuery): PriceKey {
  return {
    type: query.type ?? resource.type,
    sku: query.sku,
    unit: query.unit,
    region: query.region ?? resource.region ?? "",
    ...(query.attributes ? { attributes: query.attributes } : {}),
  };
}

function findPrice(resource: ResourceView, line: Line, pricing: Pricing): PricedLine | null {
  for (const query of line.prices) {
    const found = pricing.book.find(keyOf(resource, query));
    if (!found) continue;
    const unitPrice = amount(found.unitPrice).times(query.times ?? 1);
    return { unitPrice, margin: found.marginPercent ?? 0, ref: found.ref };
  }
  // Nobody's price of a spot machine is its cost: another source is not worth asking.
  if (line.isSpot) return null;
  const elsewhere = pricing.extra.get(missingId(resource.address, line.group ?? [], line.name));
  if (elsewhere)
    return {
      unitPrice: amount(elsewhere.unitPrice),
      margin: 0,
      ref: { ...elsewhere.ref, provider: elsewhere.provider },
    };
  const first = line.prices[0];
  if (first) {
    const { name: component, group = [], unit } = line;
    pricing.missing.push({
      address: resource.address,
      component,
      group,
      unit,
      key: keyOf(resource, first),
      times: amount(first.times ?? 1).toFixed(),
    });
  }
  return null;
}

/** A price that is rounder than this gives bounds, not a figure. */
const largestMargin = 1;

function stateOf(line: Line, price: PricedLine | null): State {
  if (line.unknown !== undefined) return "unknown";
  if (line.free !== undefined) return "free";
  if (!price || line.isSpot || (line.quantity !== null && price.margin > largestMargin)) return "no_price";
  return line.quantity === null ? "depends_on_usage" : "priced";
}

function missingNote(resource: ResourceView, line: Line, pricing: Pricing): string {
  const query = line.prices[0];
  if (!query) return line.note ?? "no list price";
  const key = keyOf(resource, query);
  const regions = pricing.book.regionsOf(key);
  const elsewhere = regions.length > 0 ? `; the catalogue has it for ${regions.slice(0, 5).join(", ")}` : "";
  return `no price for ${key.sku} (${key.unit}) in ${key.region || "an unknown region"} in the catalogue${elsewhere}`;
}

function spotNote(price: PricedLine | null): string {
  return price
    ? "interruptible capacity: its price moves, at most the on-demand price"
    : "interruptible capacity: its price moves";
}

function range(line: Line, price: PricedLine): Pick<Component, "low" | "high"> {
  if (line.quantity === null) return {};
  const { low, high } = line.range ?? { low: line.quantity, high: line.quantity };
  const least = price.unitPrice.times(100 - price.margin).div(100);
  const most = price.unitPrice.times(100 + price.margin).div(100);
  if (line.isSpot) return { low: "0", high: money(high.times(most)) };
  if (!line.range && price.margin <= largestMargin) return {};
  return price.margin > largestMargin
    ? { low: money(low.times(least)), high: money(high.times(most)) }
    : { low: money(low.times(price.unitPrice)), high: money(high.times(price.unitPrice)) };
}

function noteOf(resource: ResourceView, line: Line, price: PricedLine | null, pricing: Pricing): string | undefined {
  if (line.unknown !== undefined) return line.unknown;
  if (line.free !== undefined) return line.free;
  if (line.isSpot) return spotNote(price);
  if (price && line.quantity !== null && price.margin > largestMargin) {
    return `its source shows the price rounded, to within ${price.margin} %`;
  }
  return price ? line.note : missingNote(resource, line, pricing);
}

/** Looks up the price of a line and multiplies. What is missing is a state with its reason, never a zero. */
export function priceLine(resource: ResourceView, line: Line, pricing: Pricing): Component {
  const price = line.unknown === undefined ? findPrice(resource, line, pricing) : null;
  const state = stateOf(line, price);
  const note = noteOf(resource, line, price, pricing);
  return {
    name: line.name,
    ...(line.group ? { group: [...line.group] } : {}),
    unit: line.unit,
    quantity: line.quantity && money(line.quantity),
    quantityFrom: line.quantityFrom,
    unitPrice: price && !line.isSpot ? money(price.unitPrice) : null,
    ...(price ? { priceRef: price.ref } : {}),
    monthly: state === "priced" && price && line.quantity ? money(line.quantity.times(price.unitPrice)) : null,
    ...(price ? range(line, price) : {}),
    state,
    usageBased: line.usageBased,
    billsWhile: line.billsWhile,
    ...(note === undefined ? {} : { note }),
  };
}

function unknownLine(attribute: string): Line {
  return {
    name: `Cost that hangs on ${attribute}`,
    unit: "month",
    quantity: null,
    quantityFrom: "unknown",
    prices: [],
    usageBased: false,
    billsWhile: "provisioned",
    unknown: `${attribute} is not known before apply`,
  };
}

/** A provider would refuse a negative size; a saving must not come of it. */
function isSensible(line: Line): boolean {
  return line.quantity === null || line.quantity.gte(0);
}

/** Lines of a resource; an unknown attribute ends them with a component that says so. */
export function* knownLines(lines: () => Iterable<Line>): Iterable<Line> {
  try {
    for (const line of lines())
      yield isSensible(line) ? line : { ...line, quantity: null, unknown: "its size is negative" };
  } catch (error) {
    if (!(error instanceof UnknownValue)) throw error;
    yield unknownLine(error.attribute);
  }
}
