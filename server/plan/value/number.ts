import { shortestDecimal } from "./number-text.ts";

/** Terraform's number: a binary float of up to 512 bits (`mantissa × 2^exponent`), rounded half to even like Go's big.Float. */
export type Num = { readonly mantissa: bigint; readonly exponent: number; readonly precision: number };

const literalPrecision = 512;

export function numFromInteger(value: number | bigint, precision = 64): Num {
  return round(BigInt(value), 0, precision);
}

export function numFromDouble(value: number): Num {
  if (Number.isInteger(value)) return round(BigInt(value), 0, 53);
  let exponent = 0;
  let scaled = value;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    exponent -= 1;
  }
  return round(BigInt(scaled), exponent, 53);
}

const decimalPattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,5}))?$/;

/** Decimal text to a number, or undefined where the text is none. */
export function parseNum(text: string): Num | undefined {
  const match = decimalPattern.exec(text);
  if (!match || (match[2] === "" && !match[3]) || text.length > 2000) return undefined;
  const fraction = match[3] ?? "";
  const digits = BigInt(`${match[2]}${fraction}`);
  const power = Number(match[4] ?? 0) - fraction.length;
  if (Math.abs(power) > 5000) return undefined;
  const signed = match[1] === "-" ? -digits : digits;
  if (power >= 0) return round(signed * 10n ** BigInt(power), 0, literalPrecision);
  return divide(signed, 10n ** BigInt(-power), literalPrecision);
}

export function addNum(left: Num, right: Num): Num {
  const exponent = Math.min(left.exponent, right.exponent);
  const sum = shift(left.mantissa, left.exponent - exponent) + shift(right.mantissa, right.exponent - exponent);
  return round(sum, exponent, Math.max(left.precision, right.precision));
}

export const negateNum = (value: Num): Num => ({ ...value, mantissa: -value.mantissa });
export const subtractNum = (left: Num, right: Num): Num => addNum(left, negateNum(right));

export function multiplyNum(left: Num, right: Num): Num {
  const product = left.mantissa * right.mantissa;
  return round(product, left.exponent + right.exponent, literalPrecision);
}

/** The caller has made sure that `right` is not zero. */
export function divideNum(left: Num, right: Num): Num {
  const precision = Math.max(left.precision, right.precision);
  const power = left.exponent - right.exponent;
  const numerator = power > 0 ? left.mantissa << BigInt(power) : left.mantissa;
  const denominator = power < 0 ? right.mantissa << BigInt(-power) : right.mantissa;
  return divide(numerator, denominator, precision);
}

/** Remainder with the sign of the dividend. */
export function moduloNum(left: Num, right: Num): Num {
  const whole = truncateNum(divideNum(left, right));
  return subtractNum(left, multiplyNum(right, numFromInteger(whole, literalPrecision)));
}

export function compareNum(left: Num, right: Num): number {
  const exponent = Math.min(left.exponent, right.exponent);
  const first = shift(left.mantissa, left.exponent - exponent);
  const second = shift(right.mantissa, right.exponent - exponent);
  return first < second ? -1 : first > second ? 1 : 0;
}

export function isWholeNum(value: Num): boolean {
  return value.exponent >= 0;
}

export function truncateNum(value: Num): bigint {
  if (value.exponent >= 0) return value.mantissa << BigInt(value.exponent);
  const divisor = 1n << BigInt(-value.exponent);
  return value.mantissa / divisor;
}

export function floorNum(value: Num): bigint {
  const whole = truncateNum(value);
  return value.mantissa < 0n && !isWholeNum(value) ? whole - 1n : whole;
}

export function numToText(value: Num): string {
  if (value.mantissa === 0n) return "0";
  if (value.exponent >= 0 && bitLength(value.mantissa) + value.exponent <= value.precision)
    return truncateNum(value).toString();
  return shortestDecimal(value);
}

export function numToDouble(value: Num): number {
  return Number(numToText(value));
}

/** The number as an array index or a count, or undefined where it is not a safe whole number. */
export function numToIndex(value: Num): number | undefined {
  if (!isWholeNum(value)) return undefined;
  const whole = Number(truncateNum(value));
  return Number.isSafeInteger(whole) ? whole : undefined;
}

export function bitLength(value: bigint): number {
  const magnitude = value < 0n ? -value : value;
  return magnitude === 0n ? 0 : magnitude.toString(2).length;
}

function shift(value: bigint, by: number): bigint {
  return by === 0 ? value : value << BigInt(by);
}

function round(mantissa: bigint, exponent: number, precision: number): Num {
  if (mantissa === 0n) return { mantissa: 0n, exponent: 0, precision };
  const negative = mantissa < 0n;
  let bits = negative ? -mantissa : mantissa;
  let power = exponent;
  const excess = bitLength(bits) - precision;
  if (excess > 0) {
    const dropped = bits & ((1n << BigInt(excess)) - 1n);
    const half = 1n << BigInt(excess - 1);
    bits >>= BigInt(excess);
    power += excess;
    if (dropped > half || (dropped === half && (bits & 1n) === 1n)) bits += 1n;
  }
  const trailing = trailingZeros(bits);
  if (trailing > 0) {
    bits >>= BigInt(trailing);
    power += trailing;
  }
  return { mantissa: negative ? -bits : bits, exponent: power, precision };
}

function trailingZeros(value: bigint): number {
  if ((value & 1n) === 1n) return 0;
  const text = value.toString(2);
  return text.length - 1 - text.lastIndexOf("1");
}

function divide(numerator: bigint, denominator: bigint, precision: number): Num {
  const extra = Math.max(0, precision + 2 - bitLength(numerator) + bitLength(denominator));
  const shifted = numerator << BigInt(extra);
  let quotient = shifted / denominator;
  // A sticky bit below the last one keeps the rounding exact.
  const isExact = quotient * denominator === shifted;
  quotient *= 2n;
  if (!isExact) quotient += numerator < 0n === denominator < 0n ? 1n : -1n;
  return round(quotient, -extra - 1, precision);
}
