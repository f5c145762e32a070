import { compareNumbers } from "#server/rego/values/number.ts";
import type { RegoObject } from "#server/rego/values/rego-object.ts";
import { isNumber, type NumberValue } from "#server/rego/values/value.ts";

/** What a schema finds wrong: the kind of the fault and its text. */
export type Fault = readonly [type: string, text: string];

function shown(value: NumberValue): string {
  return typeof value === "number" ? String(value) : value.text;
}

interface Limit {
  readonly keyword: string;
  readonly isBroken: (order: number) => boolean;
  readonly fault: Fault;
}

/** Drafts before 6 say by a flag that the limit itself is excluded. */
function limits(schema: RegoObject): Limit[] {
  const above: Fault = ["number_gt", "Must be greater than "];
  const below: Fault = ["number_lt", "Must be less than "];
  const minimum: Limit =
    schema.get("exclusiveMinimum") === true
      ? { keyword: "minimum", isBroken: (order) => order <= 0, fault: above }
      : {
          keyword: "minimum",
          isBroken: (order) => order < 0,
          fault: ["number_gte", "Must be greater than or equal to "],
        };
  const maximum: Limit =
    schema.get("exclusiveMaximum") === true
      ? { keyword: "maximum", isBroken: (order) => order >= 0, fault: below }
      : { keyword: "maximum", isBroken: (order) => order > 0, fault: ["number_lte", "Must be less than or equal to "] };
  return [
    minimum,
    { keyword: "exclusiveMinimum", isBroken: (order) => order <= 0, fault: above },
    maximum,
    { keyword: "exclusiveMaximum", isBroken: (order) => order >= 0, fault: below },
  ];
}

const MAX_SCALE = 400;

/** A number as an integer of 10^-scale. */
function scaled(value: NumberValue, scale: number): bigint {
  if (typeof value === "number") return BigInt(value) * 10n ** BigInt(scale);
  const { mantissa, exponent } = value.decimal;
  return mantissa * 10n ** BigInt(Math.min(MAX_SCALE, Math.max(0, exponent + scale)));
}

function isMultiple(value: NumberValue, step: NumberValue): boolean {
  const places = (number: NumberValue) => (typeof number === "number" ? 0 : Math.max(0, -number.decimal.exponent));
  const scale = Math.min(MAX_SCALE, Math.max(places(value), places(step)));
  const divisor = scaled(step, scale);
  return divisor !== 0n && scaled(value, scale) % divisor === 0n;
}

export function numberFaults(value: NumberValue, schema: RegoObject): Fault[] {
  const faults: Fault[] = [];
  for (const { keyword, isBroken, fault } of limits(schema)) {
    const limit = schema.get(keyword);
    if (limit === undefined || !isNumber(limit) || !isBroken(compareNumbers(value, limit))) continue;
    faults.push([fault[0], fault[1] + shown(limit)]);
  }
  const step = schema.get("multipleOf");
  if (step !== undefined && isNumber(step) && !isMultiple(value, step)) {
    faults.push(["multiple_of", `Must be a multiple of ${shown(step)}`]);
  }
  return faults;
}
