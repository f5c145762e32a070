import { Decimal } from "decimal.js";

import type { Money } from "./cost.ts";

/** Enough digits for 1e-10 unit prices times 1e11 requests without rounding on the way. */
const Exact = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -30, toExpPos: 40 });

export type Amount = Decimal;

export function amount(value: Decimal.Value): Amount {
  return new Exact(value);
}

/** Sums stay decimal; ten places keep every sub-cent price visible. */
export function money(value: Amount): Money {
  return value.toDecimalPlaces(10).toFixed();
}

export function sum(values: Iterable<Decimal.Value>): Amount {
  let total = amount(0);
  for (const value of values) total = total.plus(value);
  return total;
}
