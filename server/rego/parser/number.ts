import { scalar, type Term } from "#server/rego/ast.ts";
import { parseNumber as numberValue } from "#server/rego/values/number.ts";
import type { Stream } from "./stream.ts";

const maxDecimalExponent = 30_103;

/** `-`? and digits: `-1`, `.5`, `1e3`. The text is the value. */
export function parseNumber(stream: Stream): Term {
  const { loc } = stream;
  const sign = stream.skipSymbol("-") ? "-" : "";
  const point = stream.isSymbol(".");
  if (point) stream.advance();
  const { kind, text } = stream.token;
  if (kind === "illegal") stream.fail(text);
  if (kind !== "number") stream.unexpected("expected number");
  if (!point && /^0[0-9]/.test(text)) stream.unexpected("expected number without leading zero");
  if (point && text.includes(".")) stream.unexpected("invalid float");
  stream.advance();
  if (isTooBig(text)) stream.fail("number too big", loc);
  return scalar(numberValue(`${sign}${point ? "0." : ""}${text}`), loc);
}

/** Two to the 100,000th is the bound, either way. */
function isTooBig(text: string): boolean {
  const [digits = "", exponent = "0"] = text.toLowerCase().split("e");
  const whole = digits.split(".")[0]?.length ?? 0;
  return Math.abs(Number(exponent) + (/[1-9]/.test(digits) ? whole : 0)) > maxDecimalExponent && /[1-9]/.test(digits);
}
