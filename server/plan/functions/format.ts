import { PlanError } from "#server/plan/plan-error.ts";
import { convert } from "#server/plan/value/convert.ts";
import { isWholeNum, numToDouble, truncateNum } from "#server/plan/value/number.ts";
import { ANY, BOOL, listOf, NUMBER, STRING, type Type } from "#server/plan/value/type.ts";
import {
  findUnknown,
  isSensitiveWithin,
  isUnknown,
  itemsOf,
  list,
  numOf,
  text,
  textOf,
  unknown,
  type Value,
  withSensitivity,
} from "#server/plan/value/value.ts";
import { formatFloat } from "./format-float.ts";
import type { Call, FunctionTable } from "./function.ts";
import { toJson } from "./json.ts";
import { graphemes } from "./text-units.ts";

export const formatFunctions: FunctionTable = {
  format: {
    parameters: [STRING],
    rest: ANY,
    returns: STRING,
    reads: "whole",
    allowsNull: true,
    apply: ([template, ...values], call) => text(format(textOf(template!), values, call)),
  },
  formatlist: {
    parameters: [STRING],
    rest: ANY,
    returns: listOf(STRING),
    reads: "raw",
    allowsNull: true,
    apply: ([template, ...values], call) => formatList(template!, values, call),
  },
};

function formatList(template: Value, values: readonly Value[], call: Call): Value {
  const hidden = [template, ...values].find(isUnknown);
  const isSensitive = [template, ...values].some(isSensitiveWithin);
  if (hidden) return withSensitivity(unknown(listOf(STRING), hidden.reason ?? "not known"), isSensitive);
  const lists = values.filter((value) => Array.isArray(value.content));
  const lengths = new Set(lists.map((value) => itemsOf(value).length));
  if (lengths.size > 1) throw new PlanError("the lists must be equally long.");
  const [length = 1] = lengths;
  call.context.budget.collection(length, call.at);
  const rows = Array.from({ length }, (_, index) => {
    const row = values.map((value) => (Array.isArray(value.content) ? itemsOf(value)[index]! : value));
    const gap = row.map(findUnknown).find((reason) => reason !== undefined);
    return gap === undefined ? text(format(textOf(template), row, call)) : unknown(STRING, gap);
  });
  return withSensitivity(list(STRING, rows), isSensitive);
}

type Verb = { raw: string; flags: string; width: number; precision: number; letter: string };

const verbPattern = /%(?:%|([#+\-0 ]*)(\d+)?(?:\.(\d+))?(?:\[(\d+)\])?([a-zA-Z]))/g;

function format(template: string, values: readonly Value[], call: Call): string {
  let next = 0;
  let used = 0;
  let end = 0;
  let result = "";
  for (const match of template.matchAll(verbPattern)) {
    result += literal(template.slice(end, match.index));
    end = match.index + match[0].length;
    if (match[0] === "%%") {
      result += "%";
      continue;
    }
    next = match[4] === undefined ? next + 1 : Number(match[4]);
    used = Math.max(used, next);
    const value = values[next - 1];
    if (!value) throw new PlanError(`"${match[0]}" needs argument ${next}, but there are ${values.length}.`);
    const verb = {
      raw: match[0],
      flags: match[1] ?? "",
      width: Number(match[2] ?? -1),
      precision: Number(match[3] ?? -1),
      letter: match[5]!,
    };
    if (verb.width > 10_000 || verb.precision > 1_000)
      throw new PlanError(`"${match[0]}" asks for too many characters.`);
    result += formatOne(verb, value);
  }
  result += literal(template.slice(end));
  if (used < values.length) throw new PlanError(`there are ${values.length} values, but the format uses ${used}.`);
  call.context.budget.text(result.length, call.at);
  return result;
}

function literal(part: string): string {
  if (part.includes("%")) throw new PlanError(`"${part}" has a "%" without a verb; write "%%" for the sign itself.`);
  return part;
}

function formatOne(verb: Verb, value: Value): string {
  if (verb.letter === "v") return pad(verb, formatDefault(verb, value));
  if (value.content === null) throw new PlanError(`"${verb.raw}" cannot format null.`);
  if (verb.letter === "t") return to(verb, value, BOOL).content === true ? "true" : "false";
  if (verb.letter === "s" || verb.letter === "q") return pad(verb, formatText(verb, value));
  if ("bdoxX".includes(verb.letter)) return formatInteger(verb, to(verb, value, NUMBER));
  if ("eEfFgG".includes(verb.letter)) return formatFloat(verb, numOf(to(verb, value, NUMBER)));
  throw new PlanError(`"${verb.raw}" is not a supported verb.`);
}

function to(verb: Verb, value: Value, type: Type): Value {
  try {
    return convert(value, type);
  } catch (error) {
    throw error instanceof PlanError ? new PlanError(`"${verb.raw}": ${error.message}.`) : error;
  }
}

function formatDefault(verb: Verb, value: Value): string {
  if (verb.flags.includes("#") || value.content === null) return toJson(value);
  if (value.type.kind === "string") return textOf(value);
  if (value.type.kind === "number")
    return formatFloat({ flags: "", width: -1, precision: -1, letter: "g" }, numOf(value));
  return toJson(value);
}

function formatText(verb: Verb, value: Value): string {
  const whole = textOf(to(verb, value, STRING));
  const cut = verb.precision > 0 ? graphemes(whole).slice(0, verb.precision).join("") : whole;
  return verb.letter === "q" ? toJson(text(cut)) : cut;
}

function pad(verb: Verb, formatted: string): string {
  const missing = verb.width - graphemes(formatted).length;
  if (missing <= 0) return formatted;
  const fill = (verb.flags.includes("0") ? "0" : " ").repeat(missing);
  return verb.flags.includes("-") ? formatted + fill : fill + formatted;
}

const radixes: Record<string, number> = { b: 2, d: 10, o: 8, x: 16, X: 16 };

function formatInteger(verb: Verb, value: Value): string {
  if (!isWholeNum(numOf(value)))
    throw new PlanError(`"${verb.raw}" needs a whole number, not ${numToDouble(numOf(value))}.`);
  const whole = truncateNum(numOf(value));
  const isNegative = whole < 0n;
  const digits = (isNegative ? -whole : whole).toString(radixes[verb.letter]!);
  const cased = verb.letter === "X" ? digits.toUpperCase() : digits;
  return padNumber(verb, isNegative, prefix(verb) + cased.padStart(verb.precision, "0"));
}

function prefix(verb: Verb): string {
  if (!verb.flags.includes("#")) return "";
  return { b: "0b", o: "0", x: "0x", X: "0X" }[verb.letter] ?? "";
}

/** Sign, then zeros or spaces up to the width, as Go places them. */
export function padNumber(verb: { flags: string; width: number }, isNegative: boolean, digits: string): string {
  const sign = isNegative ? "-" : verb.flags.includes("+") ? "+" : verb.flags.includes(" ") ? " " : "";
  const missing = Math.max(0, verb.width - sign.length - digits.length);
  if (verb.flags.includes("-")) return sign + digits + " ".repeat(missing);
  if (verb.flags.includes("0")) return sign + "0".repeat(missing) + digits;
  return " ".repeat(missing) + sign + digits;
}
