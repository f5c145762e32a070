import { floatOfDecimal, floatOfInteger, multiplyFloats, truncateFloat } from "#server/rego/values/big-float.ts";
import { fromBigInt, parseNumber } from "#server/rego/values/number.ts";
import { RegoNumber } from "#server/rego/values/rego-number.ts";
import type { Value } from "#server/rego/values/value.ts";
import type { Builtin } from "./builtin.ts";
import { failed } from "./builtin-error.ts";
import { stringOperand } from "./operands.ts";
import { number, string } from "./type-spec.ts";

const powers = ["k", "m", "g", "t", "p", "e"];

/** Multiplier of `k`, `ki`, `m`, `mi` … in thousands or 1,024s. */
function multiplier(unit: string): bigint | undefined {
  if (unit === "") return 1n;
  const power = powers.indexOf(unit[0] as string) + 1;
  if (power === 0) return undefined;
  if (unit.length === 1) return 1000n ** BigInt(power);
  return unit.slice(1) === "i" ? 1024n ** BigInt(power) : undefined;
}

const MAX_EXPONENT_DIGITS = 6;

interface Texts {
  readonly prefix: string;
  readonly amount: string;
}

/** Splits `1.5e3Ki` into amount and unit; an `e` without digits behind it begins the unit. */
function split(text: string, { prefix, amount }: Texts): { amount: string; unit: string } {
  if (text.includes(" ")) throw failed(`${prefix}: spaces not allowed in resource strings`);
  const match = /^(?:[\d.+-]|[eE](?=[\d+-])[+-]?)*/.exec(text);
  const digits = match?.[0] ?? "";
  const exponent = /[eE][+-]?(\d*)/.exec(digits)?.[1] ?? "";
  if (exponent.length > MAX_EXPONENT_DIGITS) throw failed(`${prefix}: exponent too large`);
  if (digits === "") throw failed(`${prefix}: no ${amount} provided`);
  return { amount: digits, unit: text.slice(digits.length) };
}

function parseAmount(text: string, { prefix, amount }: Texts): RegoNumber {
  const match = /^([+-]?)(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.exec(text);
  if (!match) throw failed(`${prefix}: could not parse ${amount} to a number`);
  const number = new RegoNumber(`${match[1] === "-" ? "-" : ""}${match[2]}${match[3] ?? ""}`);
  if (Math.abs(number.decimal.exponent) > 20_000) throw failed(`${prefix}: exponent too large`);
  return number;
}

const unitTexts: Texts = { prefix: "units.parse", amount: "amount" };
const byteTexts: Texts = { prefix: "units.parse_bytes", amount: "byte amount" };

/** The double nearest to 0.001 as a fraction: what Go's rationals make of `m`. */
const MILLI = { mantissa: 1152921504606847n, shift: 60n };

function parseUnits(raw: string): Value {
  const { amount, unit: written } = split(raw.replaceAll('"', ""), unitTexts);
  const unit = written.slice(0, 1) + written.slice(1).toLowerCase();
  const { mantissa, exponent } = parseAmount(amount, unitTexts).decimal;
  const factor = unit === "m" ? MILLI.mantissa : multiplier(unit.slice(0, 1).toLowerCase() + unit.slice(1));
  if (factor === undefined) throw failed(`${unitTexts.prefix}: unit ${unit} not recognized`);
  const shift = unit === "m" ? MILLI.shift : 0n;
  const numerator = mantissa * factor * 10n ** BigInt(Math.max(0, exponent));
  return rational(numerator, (10n ** BigInt(Math.max(0, -exponent))) << shift);
}

/** An integer, or ten decimals rounded half away from zero. */
function rational(numerator: bigint, denominator: bigint): Value {
  if (numerator % denominator === 0n) return fromBigInt(numerator / denominator);
  const negative = numerator < 0n;
  const scaled = (negative ? -numerator : numerator) * 10n ** 10n;
  const rounded = (scaled * 2n + denominator) / (denominator * 2n);
  const digits = rounded.toString().padStart(11, "0");
  return parseNumber(`${negative ? "-" : ""}${digits.slice(0, -10)}.${digits.slice(-10)}`);
}

/** Whole bytes, the fraction cut off. */
function parseBytes(raw: string): Value {
  const { amount, unit } = split(raw.toLowerCase().replaceAll('"', ""), byteTexts);
  const factor = multiplier(unit.length > 1 && unit.endsWith("b") ? unit.slice(0, -1) : unit);
  if (factor === undefined) throw failed(`${byteTexts.prefix}: byte unit ${unit} not recognized`);
  const value = floatOfDecimal(parseAmount(amount, byteTexts).decimal);
  return fromBigInt(truncateFloat(multiplyFloats(value, floatOfInteger(factor))).integer);
}

export const units: readonly Builtin[] = [
  { name: "units.parse", params: [string], result: number, call: (args) => parseUnits(stringOperand(args, 0)) },
  { name: "units.parse_bytes", params: [string], result: number, call: (args) => parseBytes(stringOperand(args, 0)) },
];
