/** Decimal texts of doubles with Go's rounding (half to even on the exact value) and Go's exponents. */

interface Digits {
  /** Significant digits, first not zero unless the number is. */
  readonly digits: string;
  /** The decimal point stands before index `point`: 0.d1d2… × 10^point. */
  readonly point: number;
}

/** |double| = integer × 10^-scale, exactly. */
function exactDecimal(double: number): { integer: bigint; scale: number } {
  const { mantissa, exponent } = binaryParts(double);
  if (exponent >= 0) return { integer: mantissa << BigInt(exponent), scale: 0 };
  return { integer: mantissa * 5n ** BigInt(-exponent), scale: -exponent };
}

/** |double| = mantissa × 2^exponent. */
function binaryParts(double: number): { mantissa: bigint; exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(double));
  const bits = view.getBigUint64(0);
  const biased = Number(bits >> 52n);
  const fraction = bits & ((1n << 52n) - 1n);
  return { mantissa: biased === 0 ? fraction : fraction | (1n << 52n), exponent: Math.max(biased, 1) - 1075 };
}

/** `%b`: the mantissa as a whole number, and its power of two. */
export function binaryText(double: number): string {
  const { mantissa, exponent } = binaryParts(double);
  return `${mantissa}p${exponent < 0 ? "-" : "+"}${Math.abs(exponent)}`;
}

/** `%x`: one hexadecimal digit, the fraction without trailing zeros or to `precision` digits, and the power of two. */
export function hexText(double: number, precision: number | undefined): string {
  let { mantissa, exponent } = binaryParts(double);
  if (mantissa !== 0n) for (; mantissa < 1n << 52n; exponent--) mantissa <<= 1n;
  if (precision !== undefined && precision < 13) {
    const cut = BigInt(4 * (13 - precision));
    mantissa = divideHalfEven(mantissa, 1n << cut) << cut;
    if (mantissa === 1n << 53n) {
      mantissa >>= 1n;
      exponent++;
    }
  }
  const power = mantissa === 0n ? 0 : exponent + 52;
  const hex = mantissa.toString(16).padStart(14, "0");
  const fraction = precision === undefined ? hex.slice(1).replace(/0+$/, "") : hex.slice(1).padEnd(precision, "0");
  const shown = precision === undefined ? fraction : fraction.slice(0, precision);
  const sign = power < 0 ? "-" : "+";
  return `0x${hex[0]}${shown && `.${shown}`}p${sign}${String(Math.abs(power)).padStart(2, "0")}`;
}

function divideHalfEven(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  const twice = (value - quotient * divisor) * 2n;
  return twice > divisor || (twice === divisor && (quotient & 1n) === 1n) ? quotient + 1n : quotient;
}

export function fixedText(double: number, precision: number): string {
  const { integer, scale } = exactDecimal(double);
  const rounded =
    precision >= scale
      ? integer * 10n ** BigInt(precision - scale)
      : divideHalfEven(integer, 10n ** BigInt(scale - precision));
  const digits = rounded.toString().padStart(precision + 1, "0");
  const whole = digits.slice(0, digits.length - precision);
  return precision === 0 ? whole : `${whole}.${digits.slice(-precision)}`;
}

function roundedDigits(double: number, count: number): Digits {
  const { integer, scale } = exactDecimal(double);
  if (integer === 0n) return { digits: "0", point: 1 };
  const length = integer.toString().length;
  if (length <= count) return { digits: integer.toString(), point: length - scale };
  const digits = divideHalfEven(integer, 10n ** BigInt(length - count)).toString();
  return { digits: digits.slice(0, count), point: length - scale + (digits.length - count) };
}

function shortestDigits(double: number): Digits {
  const [mantissa = "0", exponent = "0"] = Math.abs(double).toExponential().split("e");
  return { digits: mantissa.replace(".", ""), point: Number(exponent) + 1 };
}

function scientific({ digits, point }: Digits, precision: number): string {
  const padded = digits.padEnd(precision + 1, "0");
  const exponent = digits === "0" ? 0 : point - 1;
  const fraction = precision > 0 ? `.${padded.slice(1, precision + 1)}` : "";
  const sign = exponent < 0 ? "-" : "+";
  return `${padded[0]}${fraction}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

export function scientificText(double: number, precision: number): string {
  return scientific(roundedDigits(double, precision + 1), precision);
}

function plain({ digits, point }: Digits): string {
  if (point <= 0) return `0.${"0".repeat(-point)}${digits}`;
  if (digits.length <= point) return digits.padEnd(point, "0");
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** `%g`: the shortest text that comes back, or `precision` significant digits; exponents when they are shorter. */
export function generalText(double: number, precision: number | undefined): string {
  const wanted = precision === 0 ? 1 : precision;
  const rounded = wanted === undefined ? shortestDigits(double) : roundedDigits(double, wanted);
  const digits = rounded.digits.replace(/0+$/, "") || "0";
  const { point } = rounded;
  let limit = wanted ?? 6;
  if (wanted !== undefined && limit > digits.length && digits.length >= point) limit = digits.length;
  const exponent = point - 1;
  if (exponent < -4 || exponent >= limit) return scientific({ digits, point }, digits.length - 1);
  return plain({ digits, point });
}
