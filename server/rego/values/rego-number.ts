import { type BigFloat, floatOfDecimal } from "./big-float.ts";
import type { Decimal } from "./decimal.ts";

/** A number that JS cannot hold exactly as a safe integer: its decimal text is its value. */
export class RegoNumber {
  readonly text: string;
  private parsed: Decimal | undefined;
  private near: number | undefined;
  private rounded: BigFloat | undefined;

  /** `text` is a valid JSON number. */
  constructor(text: string) {
    this.text = text;
  }

  get decimal(): Decimal {
    this.parsed ??= parseDecimal(this.text);
    return this.parsed;
  }

  /** The number in 64 bits, in which everything but integers is calculated. */
  get float(): BigFloat {
    this.rounded ??= floatOfDecimal(this.decimal);
    return this.rounded;
  }

  /** The nearest double: enough to tell apart numbers whose doubles differ. */
  get approximate(): number {
    this.near ??= Number(this.text);
    return this.near;
  }
}

function parseDecimal(text: string): Decimal {
  const exponentAt = text.search(/[eE]/);
  const digits = exponentAt < 0 ? text : text.slice(0, exponentAt);
  const exponent = exponentAt < 0 ? 0 : Number(text.slice(exponentAt + 1));
  const point = digits.indexOf(".");
  if (point < 0) return decimalOf(digits, exponent);
  return decimalOf(digits.slice(0, point) + digits.slice(point + 1), exponent - (digits.length - point - 1));
}

/** Strips trailing zeros as text: dividing a long bigint by ten again and again is quadratic. */
function decimalOf(digits: string, exponent: number): Decimal {
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === 48) end--;
  const kept = digits.slice(0, end);
  if (kept === "" || kept === "-") return { mantissa: 0n, exponent: 0, digits: 1 };
  const mantissa = BigInt(kept);
  if (mantissa === 0n) return { mantissa, exponent: 0, digits: 1 };
  const plain = kept.replace(/^-?0*/, "");
  return { mantissa, exponent: exponent + digits.length - end, digits: plain.length };
}
