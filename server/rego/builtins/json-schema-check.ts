import { compareNumbers, toBigInt } from "#server/rego/values/number.ts";
import { RegoObject } from "#server/rego/values/rego-object.ts";
import { isArray, isNumber, type Value } from "#server/rego/values/value.ts";
import { failed } from "./builtin-error.ts";
import { isPattern } from "./re2.ts";

const primitives = ["array", "boolean", "integer", "number", "null", "object", "string"];

/** Keywords that hold schemas: one, a list of them, or named ones. */
const single = ["additionalItems", "additionalProperties", "contains", "else", "if", "not", "propertyNames", "then"];
const listed = ["allOf", "anyOf", "oneOf"];
const named = ["definitions", "dependencies", "patternProperties", "properties"];
const counts = ["maxItems", "maxLength", "maxProperties", "minItems", "minLength", "minProperties"];
const limits = ["exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf"];

/** Throws what is wrong with a schema. */
export function checkSchema(schema: Value): void {
  if (typeof schema === "boolean") return;
  if (!(schema instanceof RegoObject)) throw failed("schema must be of type object or boolean");
  checkType(schema.get("type"));
  checkKeywords(schema);
  const sub = (value: Value | undefined) => value !== undefined && checkSchema(value);
  for (const name of single) sub(schema.get(name));
  for (const name of listed) for (const value of schemaList(schema, name)) checkSchema(value);
  for (const name of named) {
    const schemas = schema.get(name);
    if (schemas === undefined) continue;
    if (!(schemas instanceof RegoObject)) throw failed(`Invalid type. Expected: valid schema, given: ${name}`);
    for (const value of schemas.values()) if (!isArray(value)) checkSchema(value);
  }
  const items = schema.get("items");
  if (items !== undefined) for (const value of isArray(items) ? items : [items]) checkSchema(value);
}

function checkType(type: Value | undefined): void {
  if (type === undefined) return;
  for (const name of isArray(type) ? type : [type]) {
    if (typeof name === "string" && primitives.includes(name)) continue;
    const known = `Expected valid values are:[${primitives.join(" ")}]`;
    throw failed(`has a primitive type that is NOT VALID -- given: /${String(name)}/ ${known}`);
  }
}

function checkKeywords(schema: RegoObject): void {
  for (const name of counts) {
    const count = schema.get(name);
    if (count === undefined) continue;
    if (!isNumber(count) || toBigInt(count) === undefined) throw failed(`${name} must be of type integer`);
    if (compareNumbers(count, 0) < 0) throw failed(`${name} must be greater than or equal to 0`);
  }
  for (const name of limits) {
    const limit = schema.get(name);
    const isFlag = typeof limit === "boolean" && name.startsWith("exclusive");
    if (limit !== undefined && !isNumber(limit) && !isFlag) throw failed(`${name} must be of type number`);
  }
  const pattern = schema.get("pattern");
  if (pattern !== undefined && !(typeof pattern === "string" && isPattern(pattern))) {
    throw failed(`pattern must be a valid regex`);
  }
  const required = schema.get("required");
  const isNames = required === undefined || (isArray(required) && required.every((name) => typeof name === "string"));
  if (!isNames) throw failed("required must be of type array of strings");
}

export function schemaList(schema: RegoObject, name: string): readonly Value[] {
  const schemas = schema.get(name);
  if (schemas === undefined) return [];
  if (isArray(schemas) && schemas.length > 0) return schemas;
  throw failed(`${name} must be of type array of schemas`);
}
