import { fixed, hourly, hoursPerMonth, type Line, metered, type Tier, tiered } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";

interface Part {
  name: string;
  unit: string;
  group?: string;
  applies?: (resource: ResourceView) => boolean;
}

/** Billed by the hour whatever happens. */
export interface HourlyPart extends Part {
  kind: "hourly";
  times?: (resource: ResourceView) => number;
}

/** Billed by the month: one, or as many as the configuration says. */
export interface MonthlyPart extends Part {
  kind: "monthly";
  quantity?: (resource: ResourceView) => number;
}

/** Billed by what is used; the usage file says how much. */
export interface UsagePart extends Part {
  kind: "usage";
  usage: string | readonly string[];
  /** How many of what the usage file counts make one unit of the price. */
  per?: number;
  tiers?: readonly Tier[];
  attributes?: (resource: ResourceView) => Record<string, string | undefined>;
}

export type MeteredPart = HourlyPart | MonthlyPart | UsagePart;

function stated(resource: ResourceView, usage: UsagePart["usage"]): number | undefined {
  const names = typeof usage === "string" ? [usage] : usage;
  return names.map((name) => resource.usage.number(name)).find((value) => value !== undefined);
}

function* usageLines(resource: ResourceView, part: UsagePart): Iterable<Line> {
  const { name, unit, per = 1, tiers } = part;
  const group = part.group === undefined ? [] : [part.group];
  const attributes = part.attributes?.(resource);
  const price = (label: string) => ({
    sku: [...group, label].join(" > "),
    unit,
    ...(attributes ? { attributes } : {}),
  });
  const quantity = stated(resource, part.usage);
  if (!tiers) {
    yield metered(name, unit, quantity === undefined ? null : amount(quantity).div(per), price(name), { group });
    return;
  }
  const tierName = (label: string) => (name.includes("%") ? name.replace("%", label) : `${name} (${label})`);
  const line = (label: string) => ({ name: tierName(label), prices: price(tierName(label)) });
  yield* tiered(tiers, unit, quantity, line, { group, per });
}

function* partLines(resource: ResourceView, part: MeteredPart): Iterable<Line> {
  if (part.applies && !part.applies(resource)) return;
  const { name, unit } = part;
  const group = part.group === undefined ? [] : [part.group];
  const price = { sku: [...group, name].join(" > "), unit };
  if (part.kind === "hourly")
    yield hourly(name, price, { hours: hoursPerMonth * (part.times?.(resource) ?? 1), group });
  else if (part.kind === "monthly") yield fixed(name, unit, part.quantity?.(resource) ?? 1, price, { group });
  else yield* usageLines(resource, part);
}

/** A type whose price is a list of parts, each found by its own name. */
export function meteredType(parts: readonly MeteredPart[]): PricedType {
  return {
    *lines(resource) {
      for (const part of parts) yield* partLines(resource, part);
    },
  };
}
