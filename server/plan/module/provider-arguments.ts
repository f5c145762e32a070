import type { Body } from "#server/plan/hcl/syntax.ts";
import { tryConvert } from "#server/plan/value/convert.ts";
import { mapOf, STRING } from "#server/plan/value/type.ts";
import { entriesOf, itemsOf, map, unknown, type Value, withSensitivity } from "#server/plan/value/value.ts";
import { decodeBody } from "./decode-body.ts";
import { jsonToValue } from "./json-value.ts";
import type { ResolvedProvider } from "./module-instance.ts";
import type { PlanSettings } from "./settings.ts";

const metaArguments = new Set(["alias", "version"]);

export type ProviderArguments = {
  values: ReadonlyMap<string, Value>;
  /** `tags_all` of a resource with these tags, or undefined where neither has any. */
  mergeTags(tags: Value | undefined): Value | undefined;
};

const cache = new WeakMap<PlanSettings, Map<string, ProviderArguments>>();

/** The evaluated arguments of a provider configuration, over the defaults the plan was asked with. */
export function providerArguments(provider: ResolvedProvider, settings: PlanSettings): ProviderArguments {
  const known = cache.get(settings) ?? new Map<string, ProviderArguments>();
  cache.set(settings, known);
  const found = known.get(provider.key);
  if (found) return found;
  const values = evaluateArguments(provider, settings);
  const made = { values, mergeTags: (tags: Value | undefined) => mergeTags(values, settings, tags) };
  known.set(provider.key, made);
  return made;
}

function evaluateArguments(provider: ResolvedProvider, settings: PlanSettings): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
  const localName = provider.key.split(":").at(-1)!.split(".")[0]!;
  for (const [name, given] of Object.entries(settings.providerDefaults[localName] ?? {}))
    values.set(name, jsonToValue(given));
  if (!provider.block || !provider.module) return values;
  const body: Body = provider.block.body;
  const decoded = decodeBody({
    body,
    schema: undefined,
    scope: provider.module.scope,
    reason: `provider ${provider.key}`,
    skip: metaArguments,
  });
  for (const [name, value] of entriesOf(decoded)) values.set(name, value);
  return values;
}

function mergeTags(
  values: ReadonlyMap<string, Value>,
  settings: PlanSettings,
  tags: Value | undefined,
): Value | undefined {
  const defaults = defaultTags(values);
  const parts = [defaults, map(STRING, settings.defaultTags), tags].filter((part): part is Value => part !== undefined);
  const entries = new Map<string, Value>();
  let isSensitive = false;
  for (const part of parts) {
    const converted = tryConvert(part, mapOf(STRING));
    if (!converted || converted.content === undefined)
      return unknown(mapOf(STRING), part.reason ?? "not known before apply");
    isSensitive ||= converted.sensitive;
    if (converted.content !== null) for (const [key, value] of entriesOf(converted)) entries.set(key, value);
  }
  return entries.size === 0 && !tags ? undefined : withSensitivity(map(STRING, entries), isSensitive);
}

function defaultTags(values: ReadonlyMap<string, Value>): Value | undefined {
  const block = values.get("default_tags");
  if (!block) return undefined;
  if (block.content === undefined) return block;
  const [first] = Array.isArray(block.content) ? itemsOf(block) : [block];
  return first?.content instanceof Map ? entriesOf(first).get("tags") : undefined;
}
