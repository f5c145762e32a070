import { jsonText, keyText } from "#server/rego/values/json.ts";
import { JsonError, parseJson } from "#server/rego/values/parse-json.ts";
import { RegoObject } from "#server/rego/values/rego-object.ts";
import { RegoSet } from "#server/rego/values/rego-set.ts";
import { isArray, typeName, type Value } from "#server/rego/values/value.ts";
import type { Builtin } from "./builtin.ts";
import { failed } from "./builtin-error.ts";
import { objectOperand, operand, operandError, stringOperand } from "./operands.ts";
import { any, boolean, object, string } from "./type-spec.ts";

const htmlCharacters = /[<>&\u2028\u2029]/g;

/** JSON as Go writes it: safe inside HTML. */
export function goJson(value: Value): string {
  return escapeHtml(jsonText(value));
}

function escapeHtml(json: string): string {
  return json.replace(htmlCharacters, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

interface Layout {
  readonly isPretty: boolean;
  readonly prefix: string;
  readonly indent: string;
}

function pretty(value: Value, layout: Layout, depth: number): string {
  const isObject = value instanceof RegoObject;
  const items = isArray(value) ? value : value instanceof RegoSet ? value.sorted() : undefined;
  if (!isObject && items === undefined) return goJson(value);
  const lines = isObject
    ? value
        .entries()
        .map(([key, item]) => `${escapeHtml(JSON.stringify(keyText(key)))}: ${pretty(item, layout, depth + 1)}`)
    : (items ?? []).map((item) => pretty(item, layout, depth + 1));
  const [open, close] = isObject ? ["{", "}"] : ["[", "]"];
  if (lines.length === 0) return open + close;
  const start = `\n${layout.prefix}${layout.indent.repeat(depth)}`;
  return `${open}${start}${layout.indent}${lines.join(`,${start}${layout.indent}`)}${start}${close}`;
}

function textOption(key: string, value: Value): string {
  if (typeof value === "string") return value;
  const fault = `operand 0 must be string but got ${typeName(value)}`;
  throw operandError(1, `key ${JSON.stringify(key)} failed cast to string: ${fault}`);
}

function layoutOperand(options: RegoObject): Layout {
  let isPretty: boolean | undefined;
  const texts = { prefix: "", indent: "\t" };
  let hasTexts = false;
  for (const [key, value] of options.entries()) {
    if (key === "prefix" || key === "indent") {
      texts[key] = textOption(key, value);
      hasTexts = true;
    } else if (key === "pretty") {
      if (typeof value !== "boolean") throw operandError(1, 'key "pretty" failed cast to bool');
      isPretty = value;
    } else {
      throw operandError(1, `object contained unknown key ${jsonText(key)}`);
    }
  }
  return { ...texts, isPretty: isPretty ?? hasTexts };
}

/** Reads JSON or throws the built-in's error. */
export function readJson(text: string): Value {
  try {
    return parseJson(text);
  } catch (error) {
    throw error instanceof JsonError ? failed(error.message) : error;
  }
}

function isJson(text: Value): boolean {
  if (typeof text !== "string") return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

export const jsonCodecs: readonly Builtin[] = [
  {
    name: "json.marshal",
    params: [any],
    result: string,
    call: (args, ctx) => {
      const text = goJson(operand(args, 0));
      ctx.charge(text.length);
      return text;
    },
  },
  {
    name: "json.marshal_with_options",
    params: [any, object],
    result: string,
    call: (args, ctx) => {
      const layout = layoutOperand(objectOperand(args, 1));
      const text = layout.isPretty ? layout.prefix + pretty(operand(args, 0), layout, 0) : goJson(operand(args, 0));
      ctx.charge(text.length);
      return text;
    },
  },
  {
    name: "json.unmarshal",
    params: [string],
    result: any,
    call: (args, ctx) => {
      const text = stringOperand(args, 0);
      // Each character may become a member.
      ctx.charge(text.length * 4);
      return readJson(text);
    },
  },
  {
    name: "json.is_valid",
    params: [string],
    result: boolean,
    call: (args, ctx) => {
      const text = operand(args, 0);
      ctx.charge(typeof text === "string" ? text.length : 0);
      return isJson(text);
    },
  },
];
