import type { Decimal } from "./decimal.ts";

/** value = mantissa × 2^exponent with at most 64 bits of mantissa: the precision of Go's big.Float. */
export interface BigFloat {
  readonly mantissa: bigint;
  readonly exponent: number;
}

const PRECISION = 64;

/** Beyond this power of ten nothing is computed: one number could cost megabytes. */
export const MAX_DECIMAL_EXPONENT = 20_000;

export function bitLength(value: bigint): number {
  const magnitude = value < 0n ? -value : value;
  if (magnitude === 0n) return 0;
  const hex = magnitude.toString(16);
  return (hex.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(hex[0] as string, 16)));
}

/** Rounds to 64 bits, half to even; `sticky` says that a non-zero rest was cut off below. */
function rounded(mantissa: bigint, exponent: number, sticky = false): BigFloat {
  const excess = bitLength(mantissa) - PRECISION;
  if (excess <= 0) return { mantissa, exponent };
  const negative = mantissa < 0n;
  const magnitude = negative ? -mantissa : mantissa;
  const shift = BigInt(excess);
  let kept = magnitude >> shift;
  const rest = magnitude - (kept << shift);
  const half = 1n << (shift - 1n);
  if (rest > half || (rest === half && (sticky || (kept & 1n) === 1n))) kept += 1n;
  return { mantissa: negative ? -kept : kept, exponent: exponent + excess };
}

function quotient(dividend: bigint, divisor: bigint, exponent: number): BigFloat {
  const shift = Math.max(0, PRECISION + 2 + bitLength(divisor) - bitLength(dividend));
  const scaled = dividend << BigInt(shift);
  const result = scaled / divisor;
  const exact = result * divisor === scaled;
  if (exact) return rounded(result, exponent - shift);
  // The rest is below the last bit of at least 66: one more bit keeps it visible to the rounding.
  const sticky = result < 0n || (result === 0n && dividend < 0n !== divisor < 0n) ? -1n : 1n;
  return rounded((result << 1n) + sticky, exponent - shift - 1, true);
}

export function floatOfDecimal({ mantissa, exponent }: Decimal): BigFloat {
  if (exponent >= 0) return rounded(mantissa * 5n ** BigInt(exponent), exponent);
  return quotient(mantissa, 5n ** BigInt(-exponent), exponent);
}

export function floatOfInteger(value: bigint): BigFloat {
  return rounded(value, 0);
}

export function addFloats(a: BigFloat, b: BigFloat): BigFloat {
  const exponent = Math.min(a.exponent, b.exponent);
  const x = a.mantissa << BigInt(a.exponent - exponent);
  const y = b.mantissa << BigInt(b.exponent - exponent);
  return rounded(x + y, exponent);
}

export function negateFloat(a: BigFloat): BigFloat {
  return { mantissa: -a.mantissa, exponent: a.exponent };
}

export function multiplyFloats(a: BigFloat, b: BigFloat): BigFloat {
  return rounded(a.mantissa * b.mantissa, a.exponent + b.exponent);
}

export function divideFloats(a: BigFloat, b: BigFloat): BigFloat {
  return quotient(a.mantissa, b.mantissa, a.exponent - b.exponent);
}

/** Integer part, toward zero, and whether nothing was cut off. */
export function truncateFloat({ mantissa, exponent }: BigFloat): { integer: bigint; exact: boolean } {
  if (exponent >= 0) return { integer: mantissa << BigInt(exponent), exact: true };
  const integer = mantissa / (1n << BigInt(-exponent));
  return { integer, exact: integer << BigInt(-exponent) === mantissa };
}

/** The shortest decimal that comes back to the same 64 bits, as Go's `Text('g', -1)`, or `'f'` for integers. */
export function formatFloat(value: BigFloat): string {
  if (value.mantissa === 0n) return "0";
  const sign = value.mantissa < 0n ? "-" : "";
  const { digits, point } = shortestDigits(value);
  if (truncateFloat(value).exact) return sign + digits.padEnd(point, "0");
  if (point - 1 < -4 || point - 1 >= 6) return sign + scientific(digits, point - 1);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

function scientific(digits: string, exponent: number): string {
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : "";
  const magnitude = String(Math.abs(exponent)).padStart(2, "0");
  return `${digits[0]}${fraction}e${exponent < 0 ? "-" : "+"}${magnitude}`;
}

/** Digits d1 d2 … with the decimal point before index `point`: 0.d1d2… × 10^point. */
function shortestDigits(value: BigFloat): { digits: string; point: number } {
  const magnitude = value.mantissa < 0n ? -value.mantissa : value.mantissa;
  const lift = PRECISION + 1 - bitLength(magnitude);
  const binary = value.exponent - lift;
  const middle = magnitude << BigInt(lift);
  const inclusive = (middle & 2n) === 0n;
  const scale = binary >= 0 ? 1n << BigInt(binary) : 5n ** BigInt(-binary);
  const exact = middle * scale;
  const low = exact - scale;
  const high = exact + scale;
  const length = exact.toString().length;
  const point = length + Math.min(binary, 0);
  for (let unit = 10n ** BigInt(length - 1); unit > 1n; unit /= 10n) {
    const down = (exact / unit) * unit;
    const up = down + unit;
    const downFits = down > low || (inclusive && down === low);
    const upFits = up < high || (inclusive && up === high);
    if (!downFits && !upFits) continue;
    return placed(downFits && (!upFits || nearerDown(exact - down, unit, down)) ? down : up, length, point);
  }
  return placed(exact, length, point);
}

function nearerDown(rest: bigint, unit: bigint, down: bigint): boolean {
  const twice = rest * 2n;
  return twice < unit || (twice === unit && ((down / unit) & 1n) === 0n);
}

function placed(chosen: bigint, length: number, point: number): { digits: string; point: number } {
  const text = chosen.toString();
  return { digits: text.replace(/0+$/, ""), point: point + text.length - length };
}
