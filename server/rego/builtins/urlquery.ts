import { keyText } from "#server/rego/values/json.ts";
import { ObjectBuilder } from "#server/rego/values/rego-object.ts";
import { RegoSet } from "#server/rego/values/rego-set.ts";
import { isArray, type Value } from "#server/rego/values/value.ts";
import type { Builtin } from "./builtin.ts";
import { failed } from "./builtin-error.ts";
import { objectOperand, operandError, stringOperand } from "./operands.ts";
import { arrayOf, listOf, objectOf, oneOf, string } from "./type-spec.ts";
import { decodeQuery, encodeQuery } from "./url-escape.ts";

function valuesOf(value: Value): readonly string[] {
  const values = typeof value === "string" ? [value] : value instanceof RegoSet ? value.sorted() : value;
  if (isArray(values) && values.every((item) => typeof item === "string")) return values as readonly string[];
  throw operandError(0, "values must be string, array[string], or set[string]");
}

function decodeObject(query: string): Value {
  const values = new Map<string, string[]>();
  for (const part of query.split("&")) {
    if (part.includes(";")) throw failed("invalid semicolon separator in query");
    if (part === "") continue;
    const equals = part.indexOf("=");
    const name = decodeQuery(equals < 0 ? part : part.slice(0, equals));
    const value = equals < 0 ? "" : decodeQuery(part.slice(equals + 1));
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  const builder = new ObjectBuilder();
  for (const [name, list] of values) builder.set(name, list);
  return builder.build();
}

export const urlqueries: readonly Builtin[] = [
  { name: "urlquery.encode", params: [string], result: string, call: (args) => encodeQuery(stringOperand(args, 0)) },
  { name: "urlquery.decode", params: [string], result: string, call: (args) => decodeQuery(stringOperand(args, 0)) },
  {
    name: "urlquery.encode_object",
    params: [objectOf(string, oneOf(string, listOf(string)))],
    result: string,
    call: (args) =>
      objectOperand(args, 0)
        .entries()
        .flatMap(([key, value]) => valuesOf(value).map((item) => `${encodeQuery(keyText(key))}=${encodeQuery(item)}`))
        .join("&"),
  },
  {
    name: "urlquery.decode_object",
    params: [string],
    result: objectOf(string, arrayOf(string)),
    call: (args, ctx) => {
      const query = stringOperand(args, 0);
      ctx.charge(query.length);
      return decodeObject(query);
    },
  },
];
