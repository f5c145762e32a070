import { parseAllDocuments, stringify, type Tags } from "yaml";
import { fromJson } from "#server/rego/values/from-json.ts";
import { keyText } from "#server/rego/values/json.ts";
import { parseNumber, toBigInt } from "#server/rego/values/number.ts";
import { RegoNumber } from "#server/rego/values/rego-number.ts";
import { ObjectBuilder, RegoObject } from "#server/rego/values/rego-object.ts";
import { isArray, type Value } from "#server/rego/values/value.ts";
import type { Builtin } from "./builtin.ts";
import { failed } from "./builtin-error.ts";
import { ENTRY } from "./cost.ts";
import { operand, stringOperand } from "./operands.ts";
import { any, boolean, string } from "./type-spec.ts";

const MAX_ALIASES = 100;

/** What looks like a date stays text, as it does in Go. */
function withoutDates(tags: Tags): Tags {
  return tags.filter((tag) => typeof tag === "string" || tag.tag !== "tag:yaml.org,2002:timestamp");
}

function fromYaml(node: unknown): Value {
  if (typeof node === "bigint") return parseNumber(String(node));
  if (typeof node === "number" && !Number.isFinite(node)) throw failed(`json: unsupported value: ${node}`);
  if (Array.isArray(node)) return node.map(fromYaml);
  if (!(node instanceof Map)) return fromJson(node);
  const builder = new ObjectBuilder();
  for (const [key, value] of node) builder.set(keyName(fromYaml(key)), fromYaml(value));
  return builder.build();
}

function keyName(key: Value): string {
  if (key !== null && typeof key === "object" && !(key instanceof RegoNumber)) {
    throw failed("error converting YAML to JSON: unsupported map key");
  }
  return keyText(key);
}

/** The first document, read by YAML 1.1 as Go's reader does, and made JSON. */
function parseYaml(text: string): Value {
  try {
    const documents = parseAllDocuments(text, {
      version: "1.1",
      intAsBigInt: true,
      uniqueKeys: false,
      customTags: withoutDates,
      logLevel: "silent",
    });
    const [first] = Array.isArray(documents) ? documents : [];
    if (!first) return null;
    if (first.errors[0]) throw first.errors[0];
    return fromYaml(first.toJS({ mapAsMap: true, maxAliasCount: MAX_ALIASES }));
  } catch (error) {
    const message = error instanceof Error ? (error.message.split("\n")[0] as string) : String(error);
    throw failed(`error converting YAML to JSON: yaml: ${message}`);
  }
}

/** Plain JS whose integers stay exact. */
function toPlain(value: Value): unknown {
  if (value instanceof RegoNumber) return toBigInt(value) ?? value.approximate;
  if (value === null || typeof value !== "object") return value;
  if (isArray(value)) return value.map(toPlain);
  if (!(value instanceof RegoObject)) return value.sorted().map(toPlain);
  return Object.fromEntries(value.entries().map(([key, item]) => [keyText(key), toPlain(item)]));
}

export const yamls: readonly Builtin[] = [
  {
    name: "yaml.marshal",
    params: [any],
    result: string,
    call: (args, ctx) => {
      const text = stringify(toPlain(operand(args, 0)), {
        version: "1.1",
        indentSeq: false,
        lineWidth: 0,
        aliasDuplicateObjects: false,
      });
      ctx.charge(text.length);
      return text;
    },
  },
  {
    name: "yaml.unmarshal",
    params: [string],
    result: any,
    call: (args, ctx) => {
      const text = stringOperand(args, 0);
      ctx.charge(text.length * ENTRY);
      return parseYaml(text);
    },
  },
  {
    name: "yaml.is_valid",
    params: [string],
    result: boolean,
    call: (args, ctx) => {
      const text = operand(args, 0);
      if (typeof text !== "string") return false;
      ctx.charge(text.length * ENTRY);
      try {
        parseYaml(text);
        return true;
      } catch {
        return false;
      }
    },
  },
];
