import { Document, parseAllDocuments, type Scalar, stringify, type Tags, visit } from "yaml";
import { fromJson } from "#server/rego/values/from-json.ts";
import { keyText } from "#server/rego/values/json.ts";
import { parseNumber, toBigInt } from "#server/rego/values/number.ts";
import { RegoNumber } from "#server/rego/values/rego-number.ts";
import { ObjectBuilder, RegoObject } from "#server/rego/values/rego-object.ts";
import { isArray, type Value } from "#server/rego/values/value.ts";
import type { Builtin } from "./builtin.ts";
import { failed } from "./builtin-error.ts";
import { ENTRY } from "./cost.ts";
import { compareNaturally } from "./natural-order.ts";
import { operand, stringOperand } from "./operands.ts";
import { any, boolean, string } from "./type-spec.ts";

const version = "1.1";
const MAX_ALIASES = 100;

/** What looks like a date stays text, as it does in Go. */
function withoutDates(tags: Tags): Tags {
  return tags.filter((tag) => typeof tag === "string" || tag.tag !== "tag:yaml.org,2002:timestamp");
}

/** A map is a map, whatever kind JavaScript keeps it in. */
function withoutOrderedMaps(tags: Tags): Tags {
  return tags.filter((tag) => typeof tag === "string" || tag.tag !== "tag:yaml.org,2002:omap");
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
      version,
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
  const entries = value.entries().map(([key, item]) => [keyText(key), toPlain(item)] as const);
  // A map, as an object would put keys that look like indices first.
  return new Map(entries.sort(([a], [b]) => compareNaturally(a, b)));
}

/** Text that would be read as something else: a number, a truth value, a date. */
function readsOtherwise(text: string): boolean {
  if (text === "" || /^\d{4}-\d\d?-\d\d?(?:[Tt ].*)?$/.test(text)) return true;
  return /^[-+.:~<=\w]{1,64}$/.test(text) && typeof parseYaml(text) !== "string";
}

/** Go quotes twice what would be read otherwise or holds signs to escape, and once what cannot stand bare. */
function quotesOf(text: string): Scalar.Type | undefined {
  if (text.includes("\n")) return undefined;
  if (readsOtherwise(text) || /[\p{Cc}\u2028\u2029\ufeff]/u.test(text)) return "QUOTE_DOUBLE";
  return /^["']/.test(stringify(text, { version, lineWidth: 0 })) ? "QUOTE_SINGLE" : undefined;
}

function yamlText(value: Value): string {
  const document = new Document(toPlain(value), {
    version,
    aliasDuplicateObjects: false,
    customTags: withoutOrderedMaps,
  });
  visit(document, {
    Scalar: (_key, node) => {
      const quotes = typeof node.value === "string" ? quotesOf(node.value) : undefined;
      if (quotes !== undefined) node.type = quotes;
    },
  });
  return document.toString({ indentSeq: false, lineWidth: 0 });
}

export const yamls: readonly Builtin[] = [
  {
    name: "yaml.marshal",
    params: [any],
    result: string,
    call: (args, ctx) => {
      const text = yamlText(operand(args, 0));
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
