import { jsonText } from "#server/rego/values/json.ts";
import { parseJson } from "#server/rego/values/parse-json.ts";
import { RegoObject } from "#server/rego/values/rego-object.ts";
import type { Value } from "#server/rego/values/value.ts";
import type { Builtin, BuiltinContext } from "./builtin.ts";
import { BuiltinError, failed } from "./builtin-error.ts";
import { checkSchema } from "./json-schema-check.ts";
import { type Mismatch, SchemaMatcher } from "./json-schema-match.ts";
import { operand } from "./operands.ts";
import { any, array, boolean, object, oneOf, string, tupleOf } from "./type-spec.ts";

/** A document as plain JSON: an object, or the text of any value. */
function documentOf(value: Value, ctx: BuiltinContext): Value {
  if (typeof value !== "string" && !(value instanceof RegoObject))
    throw failed("wrong type, expected string or object");
  const text = typeof value === "string" ? value : jsonText(value);
  ctx.charge(text.length);
  try {
    return parseJson(text);
  } catch {
    throw failed("invalid JSON string");
  }
}

function verify(schema: Value, ctx: BuiltinContext): Value {
  try {
    checkSchema(documentOf(schema, ctx));
    return [true, null];
  } catch (error) {
    if (error instanceof BuiltinError) return [false, `jsonschema: ${error.message}`];
    throw error;
  }
}

function described({ field, type, text }: Mismatch): Value {
  return RegoObject.of([
    ["error", `${field}: ${text}`],
    ["type", type],
    ["field", field],
    ["desc", text],
  ]);
}

function match(document: Value, schema: Value, ctx: BuiltinContext): Value {
  const checked = documentOf(schema, ctx);
  const value = documentOf(document, ctx);
  checkSchema(checked);
  const mismatches = new SchemaMatcher(checked, ctx).match(value, checked);
  return [mismatches.length === 0, mismatches.map(described)];
}

const document = oneOf(string, object);

export const jsonSchemas: readonly Builtin[] = [
  {
    name: "json.verify_schema",
    params: [document],
    result: tupleOf(boolean, any),
    call: (args, ctx) => verify(operand(args, 0), ctx),
  },
  {
    name: "json.match_schema",
    params: [document, document],
    result: tupleOf(boolean, array),
    call: (args, ctx) => match(operand(args, 0), operand(args, 1), ctx),
  },
];
