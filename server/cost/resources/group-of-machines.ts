import type { QuantityFrom } from "#server/cost/cost.ts";
import type { Line } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";

/** How many copies run: the figure shown, and the bounds that scaling allows. */
export interface Copies {
  shown: number;
  low: number;
  high: number;
  from: QuantityFrom;
  note?: string;
}

export function exactly(shown: number, from: QuantityFrom = "config"): Copies {
  return { shown, low: shown, high: shown, from };
}

/** The lines of one machine, times the machines of the group. */
export function* copiesOf(lines: Iterable<Line>, copies: Copies, group: readonly string[] = []): Iterable<Line> {
  for (const line of lines) {
    const times = (count: number) => amount(line.quantity ?? 0).times(count);
    const isScaled = line.quantity !== null;
    const hasRange = isScaled && (copies.low !== copies.shown || copies.high !== copies.shown);
    const note = [line.note, isScaled ? copies.note : undefined].filter((part) => part !== undefined).join("; ");
    yield {
      ...line,
      ...(group.length > 0 || line.group ? { group: [...group, ...(line.group ?? [])] } : {}),
      quantity: isScaled ? times(copies.shown) : null,
      quantityFrom: isScaled && copies.from !== "config" ? copies.from : line.quantityFrom,
      ...(hasRange ? { range: { low: times(copies.low), high: times(copies.high) } } : {}),
      ...(note === "" ? {} : { note }),
    };
  }
}

/** "3 machines, 1 to 6 as it scales". Without a stated size one machine is assumed, not none. */
export function scaled(options: {
  usage?: number | undefined;
  desired?: number | undefined;
  min?: number | undefined;
  max?: number | undefined;
}): Copies {
  const { usage, desired, min, max } = options;
  if (usage !== undefined) return exactly(usage, "usage");
  const stated = desired ?? (min === undefined || min === 0 ? undefined : min);
  const shown = stated ?? 1;
  const bounds = { low: Math.min(min ?? shown, shown), high: Math.max(max ?? shown, shown) };
  if (stated === undefined) return { shown, ...bounds, from: "assumed", note: "1 machine is assumed" };
  const isFixed = bounds.low === bounds.high;
  return {
    shown,
    ...bounds,
    from: "config",
    ...(isFixed ? {} : { note: `${shown} now, ${bounds.low} to ${bounds.high} as it scales` }),
  };
}
