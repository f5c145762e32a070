import {
  addFloats,
  type BigFloat,
  bitLength,
  divideFloats,
  floatOfInteger,
  formatFloat,
  MAX_DECIMAL_EXPONENT,
  multiplyFloats,
  negateFloat,
  truncateFloat,
} from "./big-float.ts";
import type { Decimal } from "./decimal.ts";
import { RegoNumber } from "./rego-number.ts";
import type { NumberValue } from "./value.ts";

/** A calculation without an answer: `divide by zero`. */
export class ArithmeticError extends Error {}

const MAX_INTEGER_BITS = 100_000;

/** No safe integer has as many characters. */
const MAX_SAFE_TEXT = 17;

/** `text` is a JSON number, or begins with its decimal point. */
export function parseNumber(text: string): NumberValue {
  if (text.length < 16) {
    const double = Number(text);
    if (Number.isSafeInteger(double) && /^-?\d+$/.test(text)) return double + 0;
  }
  if (text.startsWith(".")) return new RegoNumber(`0${text}`);
  if (text.startsWith("-.")) return new RegoNumber(`-0${text.slice(1)}`);
  const maybeSafe = text.length <= MAX_SAFE_TEXT && /^-?\d+$/.test(text);
  return maybeSafe ? fromBigInt(BigInt(text)) : new RegoNumber(text);
}

export function fromBigInt(value: bigint): NumberValue {
  const double = Number(value);
  return Number.isSafeInteger(double) ? double : new RegoNumber(value.toString());
}

export function formatNumber(value: NumberValue): string {
  return typeof value === "number" ? String(value) : value.text;
}

/** JSON text of a finite double. */
export function formatDouble(double: number): string {
  return Object.is(double, -0) ? "0" : String(double);
}

export function toDouble(value: NumberValue): number {
  return typeof value === "number" ? value : value.approximate;
}

/** The number as a bigint, if it is integral: `2`, `2.0`, `2e3`. */
export function toBigInt(value: NumberValue): bigint | undefined {
  if (typeof value === "number") return BigInt(value);
  const { mantissa, exponent } = value.decimal;
  if (exponent < 0) return undefined;
  requireComputable(value.decimal);
  return mantissa * 10n ** BigInt(exponent);
}

/** The number as a JS integer, if it is one and safe. */
export function toSafeInteger(value: NumberValue): number | undefined {
  if (typeof value === "number") return value;
  return value.decimal.exponent >= 0 && Number.isSafeInteger(value.approximate) ? value.approximate : undefined;
}

/** Equal numbers have equal keys, however they are written. */
export function numberKey(value: NumberValue): number | string {
  const integer = toSafeInteger(value);
  if (integer !== undefined) return integer;
  const { mantissa, exponent } = (value as RegoNumber).decimal;
  return `${mantissa}e${exponent}`;
}

function decimalOf(value: NumberValue): Decimal {
  if (typeof value !== "number") return value.decimal;
  return { mantissa: BigInt(value), exponent: 0, digits: String(Math.abs(value)).length };
}

/** Exact, whatever the exponents. */
export function compareNumbers(a: NumberValue, b: NumberValue): number {
  const order = toDouble(a) - toDouble(b);
  if (order < 0 || order > 0) return order;
  if (typeof a === "number" && typeof b === "number") return 0;
  return compareDecimals(decimalOf(a), decimalOf(b));
}

function compareDecimals(a: Decimal, b: Decimal): number {
  const sign = Math.sign(Number(a.mantissa)) - Math.sign(Number(b.mantissa));
  if (sign !== 0) return sign;
  const magnitude = a.digits + a.exponent - b.digits - b.exponent;
  if (magnitude !== 0) return a.mantissa < 0n ? -magnitude : magnitude;
  const exponent = Math.min(a.exponent, b.exponent);
  const x = a.mantissa * 10n ** BigInt(a.exponent - exponent);
  const y = b.mantissa * 10n ** BigInt(b.exponent - exponent);
  return x < y ? -1 : x > y ? 1 : 0;
}

function requireComputable({ exponent }: Decimal): void {
  if (Math.abs(exponent) > MAX_DECIMAL_EXPONENT) throw new ArithmeticError("number too big");
}

function toFloat(value: NumberValue): BigFloat {
  if (typeof value === "number") return floatOfInteger(BigInt(value));
  requireComputable(value.decimal);
  return value.float;
}

function fromFloat(value: BigFloat): NumberValue {
  if (Math.abs(value.exponent) > 4 * MAX_DECIMAL_EXPONENT) throw new ArithmeticError("number too big");
  return parseNumber(formatFloat(value));
}

function fromExact(value: bigint): NumberValue {
  if (bitLength(value) > MAX_INTEGER_BITS) throw new ArithmeticError("number too big");
  return fromBigInt(value);
}

interface Operation {
  exact(a: bigint, b: bigint): bigint;
  float(a: BigFloat, b: BigFloat): BigFloat;
}

/** Integers of any size are exact, everything else has 64 bits. */
function calculate(a: NumberValue, b: NumberValue, operation: Operation): NumberValue {
  const x = toBigInt(a);
  const y = x === undefined ? undefined : toBigInt(b);
  if (x !== undefined && y !== undefined) return fromExact(operation.exact(x, y));
  return fromFloat(operation.float(toFloat(a), toFloat(b)));
}

const addition: Operation = { exact: (a, b) => a + b, float: addFloats };
const subtraction: Operation = { exact: (a, b) => a - b, float: (a, b) => addFloats(a, negateFloat(b)) };
const multiplication: Operation = { exact: (a, b) => a * b, float: multiplyFloats };

export function add(a: NumberValue, b: NumberValue): NumberValue {
  const quick = typeof a === "number" && typeof b === "number" ? a + b : Number.NaN;
  return Number.isSafeInteger(quick) ? quick : calculate(a, b, addition);
}

export function subtract(a: NumberValue, b: NumberValue): NumberValue {
  const quick = typeof a === "number" && typeof b === "number" ? a - b : Number.NaN;
  return Number.isSafeInteger(quick) ? quick : calculate(a, b, subtraction);
}

export function multiply(a: NumberValue, b: NumberValue): NumberValue {
  const quick = typeof a === "number" && typeof b === "number" ? a * b : Number.NaN;
  return Number.isSafeInteger(quick) ? quick + 0 : calculate(a, b, multiplication);
}

export function divide(a: NumberValue, b: NumberValue): NumberValue {
  if (toDouble(b) === 0 && decimalOf(b).mantissa === 0n) throw new ArithmeticError("divide by zero");
  if (typeof a === "number" && typeof b === "number" && a % b === 0) return a / b + 0;
  return fromFloat(divideFloats(toFloat(a), toFloat(b)));
}

/** The rest has the sign of the dividend. */
export function remainder(a: NumberValue, b: NumberValue): NumberValue {
  if (typeof a === "number" && typeof b === "number" && b !== 0) return (a % b) + 0;
  const x = toBigInt(a);
  const y = toBigInt(b);
  if (x === undefined || y === undefined) throw new ArithmeticError("modulo on floating-point number");
  if (y === 0n) throw new ArithmeticError("modulo by zero");
  return fromBigInt(x % y);
}

export function absolute(a: NumberValue): NumberValue {
  if (typeof a === "number") return Math.abs(a);
  const exact = toBigInt(a);
  if (exact !== undefined) return fromBigInt(exact < 0n ? -exact : exact);
  const float = toFloat(a);
  return fromFloat(float.mantissa < 0n ? negateFloat(float) : float);
}

/** Half away from zero. */
export function round(a: NumberValue): NumberValue {
  return toIntegral(a, (float) => {
    const half: BigFloat = { mantissa: float.mantissa < 0n ? -1n : 1n, exponent: -1 };
    return truncateFloat(addFloats(float, half)).integer;
  });
}

export function ceil(a: NumberValue): NumberValue {
  return toIntegral(a, (float) => truncateFloat(float).integer + (float.mantissa > 0n ? 1n : 0n));
}

export function floor(a: NumberValue): NumberValue {
  return toIntegral(a, (float) => truncateFloat(float).integer - (float.mantissa < 0n ? 1n : 0n));
}

/** Integral numbers stay; `choose` sees only floats with a fraction. */
function toIntegral(a: NumberValue, choose: (float: BigFloat) => bigint): NumberValue {
  if (typeof a === "number") return a;
  const exact = toBigInt(a);
  if (exact !== undefined) return fromBigInt(exact);
  const float = toFloat(a);
  const { integer, exact: whole } = truncateFloat(float);
  return fromBigInt(whole ? integer : choose(float));
}
