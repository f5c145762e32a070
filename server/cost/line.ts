import type { Decimal } from "decimal.js";

import type { BillsWhile, QuantityFrom } from "./cost.ts";
import { type Amount, amount } from "./money.ts";

export const hoursPerMonth = 730;

/** What to look a price up by. The resource's own type and region unless said otherwise. */
export interface PriceQuery {
  sku: string;
  unit: string;
  type?: string;
  region?: string;
  attributes?: Readonly<Record<string, string | undefined>>;
  /** The sheet's price times this gives the price of one unit of the line: LCU-hours to LCU-months is 730. */
  times?: Decimal.Value;
}

/** A component before its price is known: what is bought, how much of it, and where to look the price up. */
export interface Line {
  name: string;
  group?: readonly string[];
  unit: string;
  /** Null: depends on a usage nobody stated. */
  quantity: Amount | null;
  quantityFrom: QuantityFrom;
  range?: { low: Amount; high: Amount };
  /** Tried in order; empty where no list price can exist, and `note` says why. */
  prices: readonly PriceQuery[];
  usageBased: boolean;
  billsWhile: BillsWhile;
  /** Interruptible capacity: between nothing and the price found, which is never shown as its cost. */
  isSpot?: boolean;
  /** Known to cost nothing, and why: a free allowance. */
  free?: string;
  /** Read from an attribute nobody knows yet. */
  unknown?: string;
  note?: string;
}

export interface LineOptions {
  group?: readonly string[];
  from?: QuantityFrom;
  note?: string;
  range?: { low: Decimal.Value; high: Decimal.Value };
  billsWhile?: BillsWhile;
  isSpot?: boolean;
}

type Prices = PriceQuery | readonly PriceQuery[];

function list(prices: Prices): readonly PriceQuery[] {
  return Array.isArray(prices) ? prices : [prices as PriceQuery];
}

function rest(options: LineOptions): Partial<Line> {
  const { group, note, range, isSpot } = options;
  return {
    ...(group && group.length > 0 ? { group } : {}),
    ...(note === undefined ? {} : { note }),
    ...(range ? { range: { low: amount(range.low), high: amount(range.high) } } : {}),
    ...(isSpot ? { isSpot } : {}),
  };
}

/** Something bought by configuration: gigabytes of a volume, a month of a key. */
export function fixed(
  name: string,
  unit: string,
  quantity: Decimal.Value,
  prices: Prices,
  options: LineOptions = {},
): Line {
  return {
    name,
    unit,
    quantity: amount(quantity),
    quantityFrom: options.from ?? "config",
    prices: list(prices),
    usageBased: false,
    billsWhile: options.billsWhile ?? "provisioned",
    ...rest(options),
  };
}

/** Something that runs: 730 hours a month, times how many of it. */
export function hourly(name: string, prices: Prices, options: LineOptions & { hours?: Decimal.Value } = {}): Line {
  return fixed(name, "hours", options.hours ?? hoursPerMonth, prices, { billsWhile: "provisioned", ...options });
}

/** Something metered: without a stated usage its quantity, and so its cost, is open. */
export function metered(
  name: string,
  unit: string,
  quantity: Decimal.Value | null | undefined,
  prices: Prices,
  options: LineOptions = {},
): Line {
  const isStated = quantity !== null && quantity !== undefined;
  return {
    name,
    unit,
    quantity: isStated ? amount(quantity) : null,
    quantityFrom: isStated ? (options.from ?? "usage") : "unknown",
    prices: list(prices),
    usageBased: true,
    billsWhile: options.billsWhile ?? "usage",
    ...rest(options),
  };
}

/** Something real that no list price covers: a reservation, a dedicated tenancy. */
export function unlisted(
  name: string,
  unit: string,
  quantity: Decimal.Value,
  why: string,
  options: LineOptions = {},
): Line {
  return fixed(name, unit, quantity, [], { ...options, note: why });
}

/** A free allowance that a bill would list: it has a quantity and no price. */
export function allowance(name: string, unit: string, quantity: Decimal.Value | null | undefined, why: string): Line {
  return { ...metered(name, unit, quantity, []), free: why };
}

export interface Tier {
  label: string;
  /** Up to which total this tier reaches; the last one has none. */
  upTo?: number;
}

/** One line per tier that the quantity reaches; the first alone when the quantity is open. */
export function tiered(
  tiers: readonly Tier[],
  unit: string,
  quantity: Decimal.Value | null | undefined,
  line: (label: string) => { name: string; prices: Prices },
  options: LineOptions & { per?: number } = {},
): Line[] {
  const { per = 1, ...lineOptions } = options;
  const make = (tier: Tier, share: Amount | null) => {
    const { name, prices } = line(tier.label);
    return metered(name, unit, share?.div(per), prices, lineOptions);
  };
  if (quantity === null || quantity === undefined) return tiers.slice(0, 1).map((tier) => make(tier, null));
  const lines: Line[] = [];
  let below = amount(0);
  for (const tier of tiers) {
    const share = amount(tier.upTo === undefined ? quantity : Math.min(tier.upTo, Number(quantity))).minus(below);
    if (share.lte(0) && lines.length > 0) break;
    lines.push(make(tier, share.lt(0) ? amount(0) : share));
    if (tier.upTo === undefined) break;
    below = amount(tier.upTo);
  }
  return lines;
}
