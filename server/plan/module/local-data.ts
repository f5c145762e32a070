import { toJson } from "#server/plan/functions/json.ts";
import { tryConvert } from "#server/plan/value/convert.ts";
import { STRING } from "#server/plan/value/type.ts";
import { compareText, entriesOf, isWhollyKnown, itemsOf, text, textOf, type Value } from "#server/plan/value/value.ts";

/** What a data source needs besides its arguments: the evaluated settings of its provider. */
export type ProviderValues = ReadonlyMap<string, Value>;

/**
 * Attributes of the few data sources that their provider answers without asking anyone: from the arguments, or from its
 * own region. Everything else about a data source stays unknown.
 */
export function localDataAttributes(type: string, config: Value, provider: ProviderValues): [string, Value][] {
  if (type === "aws_iam_policy_document") return policyDocument(config);
  const region = provider.get("region");
  if (typeof region?.content !== "string" || region.sensitive || entriesOf(config).size > 0) return [];
  if (type === "aws_region")
    return [
      ["name", region],
      ["id", region],
    ];
  return type === "aws_partition" ? partitionOf(region.content) : [];
}

function partitionOf(region: string): [string, Value][] {
  const special = /^(?:cn|us-gov|us-iso|eu-isoe)/.test(region);
  // Elsewhere than in the commercial partition, names and suffixes differ too much to be repeated here.
  if (special) return [];
  return [
    ["partition", text("aws")],
    ["id", text("aws")],
    ["dns_suffix", text("amazonaws.com")],
    ["reverse_dns_prefix", text("com.amazonaws")],
  ];
}

type Json = string | readonly Json[] | { readonly [name: string]: Json };

function policyDocument(config: Value): [string, Value][] {
  const own = entriesOf(config);
  const isMerged = own.has("source_policy_documents") || own.has("override_policy_documents");
  const statements = [...own.values()].every(isSettled) ? blocksOf(own.get("statement")) : [];
  if (isMerged || statements.length === 0) return [];
  const document: Record<string, Json> = { Version: textAt(own, "version") ?? "2012-10-17" };
  const id = textAt(own, "policy_id");
  if (id !== undefined) document.Id = id;
  const rendered = statements.map(statement);
  if (rendered.includes(undefined)) return [];
  document.Statement = rendered as Json[];
  return [
    ["json", text(indented(document, ""))],
    ["minified_json", text(compact(document))],
  ];
}

/** Known throughout, whatever the provider may add to nested blocks. */
function isSettled(value: Value): boolean {
  if (value.content === undefined || value.sensitive) return false;
  if (Array.isArray(value.content)) return itemsOf(value).every(isSettled);
  return !(value.content instanceof Map) || [...entriesOf(value).values()].every(isSettled);
}

const blocksOf = (value: Value | undefined): ReadonlyMap<string, Value>[] =>
  value ? itemsOf(value).map(entriesOf) : [];

function textAt(own: ReadonlyMap<string, Value>, name: string): string | undefined {
  const value = own.get(name);
  return value && typeof value.content === "string" && value.content !== "" ? textOf(value) : undefined;
}

function asText(value: Value): string {
  const converted = tryConvert(value, STRING);
  return typeof converted?.content === "string" ? converted.content : "";
}

/** Policy variables are written `&{…}` in the language, so that they are no interpolations. */
const withVariables = (source: string): string => source.replaceAll("&{", "${");

/** One text stands alone; several are a list in descending order, as the provider sorts them. */
function texts(value: Value | undefined): Json | undefined {
  if (!value || !isWhollyKnown(value) || !Array.isArray(value.content)) return undefined;
  const all = itemsOf(value).map((item) => withVariables(asText(item)));
  const unique = [...new Set(all)].sort((left, right) => compareText(right, left));
  return unique.length === 0 ? undefined : unique.length === 1 ? unique[0] : unique;
}

function statement(own: ReadonlyMap<string, Value>): Json | undefined {
  const fields: [string, Json | undefined][] = [
    ["Sid", textAt(own, "sid")],
    ["Effect", textAt(own, "effect") ?? "Allow"],
    ["Action", texts(own.get("actions"))],
    ["NotAction", texts(own.get("not_actions"))],
    ["Resource", texts(own.get("resources"))],
    ["NotResource", texts(own.get("not_resources"))],
    ["Principal", principals(own.get("principals"))],
    ["NotPrincipal", principals(own.get("not_principals"))],
  ];
  const condition = own.has("condition") ? conditions(blocksOf(own.get("condition"))) : undefined;
  if (own.has("condition") && condition === undefined) return undefined;
  fields.push(["Condition", condition]);
  return Object.fromEntries(fields.filter((field): field is [string, Json] => field[1] !== undefined));
}

/** By test, then by variable; undefined where one pair occurs twice, as the provider's merging is not repeated here. */
function conditions(blocks: readonly ReadonlyMap<string, Value>[]): Json | undefined {
  const byTest = new Map<string, Map<string, Json>>();
  for (const block of blocks) {
    const test = textAt(block, "test") ?? "";
    const variable = textAt(block, "variable") ?? "";
    const variables = byTest.get(test) ?? new Map<string, Json>();
    const values = block.get("values");
    const items = values ? itemsOf(values).map((item) => withVariables(asText(item))) : [];
    if (variables.has(variable) || items.length === 0) return undefined;
    byTest.set(test, variables.set(variable, items.length === 1 ? items[0]! : items));
  }
  const sorted = <T>(entries: ReadonlyMap<string, T>) =>
    [...entries].sort(([left], [right]) => compareText(left, right));
  return Object.fromEntries(sorted(byTest).map(([test, variables]) => [test, Object.fromEntries(sorted(variables))]));
}

function principals(value: Value | undefined): Json | undefined {
  const byType = new Map<string, string[]>();
  for (const block of blocksOf(value)) {
    const type = textAt(block, "type") ?? "";
    const identifiers = block.get("identifiers");
    const items = identifiers ? itemsOf(identifiers).map((item) => withVariables(asText(item))) : [];
    byType.set(type, [...(byType.get(type) ?? []), ...items]);
  }
  if (byType.size === 0) return undefined;
  if (byType.size === 1 && byType.get("*")?.join() === "*") return "*";
  const entries = [...byType]
    .sort(([left], [right]) => compareText(left, right))
    .map(([type, items]) => {
      const unique = [...new Set(items)].sort((left, right) => compareText(right, left));
      return [type, unique.length === 1 ? unique[0]! : unique] as const;
    });
  return Object.fromEntries(entries);
}

const quote = (source: string): string => toJson(text(source));

function compact(value: Json): string {
  if (typeof value === "string") return quote(value);
  if (Array.isArray(value)) return `[${value.map(compact).join(",")}]`;
  return `{${Object.entries(value)
    .map(([name, item]) => `${quote(name)}:${compact(item as Json)}`)
    .join(",")}}`;
}

function indented(value: Json, pad: string): string {
  if (typeof value === "string") return quote(value);
  const inner = `${pad}  `;
  if (Array.isArray(value)) return `[\n${value.map((item) => inner + indented(item, inner)).join(",\n")}\n${pad}]`;
  const lines = Object.entries(value).map(([name, item]) => `${inner}${quote(name)}: ${indented(item as Json, inner)}`);
  return `{\n${lines.join(",\n")}\n${pad}}`;
}
