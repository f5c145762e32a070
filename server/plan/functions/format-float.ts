import { type Num, numToText } from "#server/plan/value/number.ts";
import { padNumber } from "./format.ts";

type FloatVerb = { flags: string; width: number; precision: number; letter: string };

/** `%e`, `%f` and `%g` of an arbitrarily precise number, rounded half to even on its exact decimal digits. */
export function formatFloat(verb: FloatVerb, value: Num): string {
  const isNegative = value.mantissa < 0n;
  const digits = decimalDigits(value, verb.letter.toLowerCase() === "g" && verb.precision < 0);
  return padNumber(verb, isNegative, layout(verb, digits));
}

/** `0.digits × 10^point` */
type Decimal = { digits: string; point: number };

function decimalDigits(value: Num, isShortest: boolean): Decimal {
  const magnitude = value.mantissa < 0n ? { ...value, mantissa: -value.mantissa } : value;
  const written = isShortest ? numToText(magnitude) : exactText(magnitude);
  const [whole = "", fraction = ""] = written.split(".");
  const all = (whole + fraction).replace(/^0+/, "");
  const point = whole === "0" ? all.length - fraction.length : whole.length;
  const digits = all.replace(/0+$/, "");
  return digits === "" ? { digits: "", point: 0 } : { digits, point };
}

function exactText(value: Num): string {
  if (value.exponent >= 0) return (value.mantissa << BigInt(value.exponent)).toString();
  const scale = -value.exponent;
  const digits = (value.mantissa * 5n ** BigInt(scale)).toString().padStart(scale + 1, "0");
  return `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function layout(verb: FloatVerb, decimal: Decimal): string {
  const letter = verb.letter.toLowerCase();
  const upper = verb.letter !== letter;
  if (letter === "f") return fixed(decimal, verb.precision < 0 ? 6 : verb.precision);
  const scientific =
    letter === "e" ? exponential(decimal, verb.precision < 0 ? 6 : verb.precision) : general(decimal, verb.precision);
  return upper ? scientific.toUpperCase() : scientific;
}

function roundTo(decimal: Decimal, count: number): Decimal {
  if (count < 0) return { digits: "", point: decimal.point };
  if (decimal.digits.length <= count) return decimal;
  const kept = decimal.digits.slice(0, count);
  const rest = decimal.digits.slice(count);
  const isOdd = count > 0 && Number(kept.at(-1)) % 2 === 1;
  const isUp = rest > "5" || (rest === "5" && isOdd);
  if (!isUp) return { digits: kept, point: decimal.point };
  const raised = (BigInt(`0${kept}`) + 1n).toString();
  const overflow = raised.length > count;
  return { digits: raised.padStart(count, "0"), point: overflow ? decimal.point + 1 : decimal.point };
}

function fixed(decimal: Decimal, places: number): string {
  const { digits, point } = roundTo(decimal, decimal.point + places);
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, "0") : "0";
  const fraction = (point < 0 ? "0".repeat(-point) + digits : digits.slice(Math.max(0, point)))
    .slice(0, places)
    .padEnd(places, "0");
  return places === 0 ? whole : `${whole}.${fraction}`;
}

function exponential(decimal: Decimal, places: number): string {
  const { digits, point } = roundTo(decimal, places + 1);
  const padded = digits.padEnd(places + 1, "0");
  const exponent = digits === "" ? 0 : point - 1;
  const sign = exponent < 0 ? "-" : "+";
  const mantissa = places === 0 ? padded[0]! : `${padded[0]}.${padded.slice(1, places + 1)}`;
  return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

function general(decimal: Decimal, precision: number): string {
  const wanted = precision < 0 ? decimal.digits.length : Math.max(1, precision);
  const rounded = roundTo(decimal, wanted);
  const exponent = rounded.digits === "" ? 0 : rounded.point - 1;
  const isCoarse = wanted > rounded.digits.length && rounded.digits.length >= rounded.point;
  // Go decides with 6 digits where it was asked for the shortest form.
  const limit = precision < 0 ? 6 : isCoarse ? rounded.digits.length : wanted;
  const digits = rounded.digits.replace(/0+$/, "");
  if (exponent < -4 || exponent >= limit) return exponential({ ...rounded, digits }, Math.max(0, digits.length - 1));
  return fixed({ ...rounded, digits }, Math.max(0, digits.length - rounded.point));
}
