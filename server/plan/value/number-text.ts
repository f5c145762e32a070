type Float = { readonly mantissa: bigint; readonly exponent: number; readonly precision: number };

/** The fewest decimal digits that name exactly this float at its precision, without an exponent. */
export function shortestDecimal(value: Float): string {
  const negative = value.mantissa < 0n;
  const magnitude = negative ? -value.mantissa : value.mantissa;
  const widen = value.precision - magnitude.toString(2).length;
  const mantissa = magnitude << BigInt(widen);
  const exponent = value.exponent - widen;
  const isPowerOfTwo = magnitude === 1n;
  const scale = Math.max(0, 2 - exponent);
  const low = isPowerOfTwo
    ? decimal(4n * mantissa - 1n, exponent - 2, scale)
    : decimal(2n * mantissa - 1n, exponent - 1, scale);
  const digits = pick(
    decimal(mantissa, exponent, scale),
    { low, high: decimal(2n * mantissa + 1n, exponent - 1, scale) },
    (mantissa & 1n) === 0n,
  );
  return (negative ? "-" : "") + place(digits, scale);
}

function decimal(mantissa: bigint, exponent: number, scale: number): string {
  const scaled = mantissa * 5n ** BigInt(scale);
  const power = exponent + scale;
  return (power >= 0 ? scaled << BigInt(power) : scaled >> BigInt(-power)).toString();
}

function pick(exact: string, bounds: { low: string; high: string }, inclusive: boolean): string {
  const width = bounds.high.length;
  const digits = exact.padStart(width, "0");
  const low = bounds.low.padStart(width, "0");
  const high = bounds.high;
  const lowEnd = low.replace(/0+$/, "").length;
  const highEnd = high.replace(/0+$/, "").length;
  for (let index = 0; index < width; index += 1) {
    const here = digits.charCodeAt(index);
    const above = high.charCodeAt(index);
    const canDown = low.charCodeAt(index) !== here || (inclusive && index + 1 === lowEnd);
    const canUp = here !== above && (inclusive || here + 1 < above || index + 1 < highEnd);
    if (!canDown && !canUp) continue;
    const kept = digits.slice(0, index + 1);
    const rest = digits.slice(index + 1);
    const isUp = canDown && canUp ? rest >= "5" : canUp;
    return (isUp ? (BigInt(kept) + 1n).toString().padStart(index + 1, "0") : kept).padEnd(width, "0");
  }
  return digits;
}

function place(digits: string, scale: number): string {
  const padded = digits.padStart(scale + 1, "0");
  const whole = padded.slice(0, padded.length - scale).replace(/^0+(?=\d)/, "");
  const fraction = scale === 0 ? "" : padded.slice(padded.length - scale).replace(/0+$/, "");
  return fraction === "" ? whole : `${whole}.${fraction}`;
}
