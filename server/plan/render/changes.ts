import type { InstanceKey } from "#server/plan/module/expansion.ts";
import type { ModuleInstance } from "#server/plan/module/module-instance.ts";
import { literalText } from "#server/plan/module/module-source.ts";
import type { ResourceInstance, ResourceNode } from "#server/plan/module/resource-node.ts";
import type { ResourceChange } from "#server/plan/plan.ts";
import type { BlockSchema } from "#server/plan/schema/schema.ts";
import { entriesOf, itemsOf, type Value } from "#server/plan/value/value.ts";
import { knownPart, plainObject, sensitiveMask, unknownMask } from "./json-value.ts";
import { providerName } from "./providers.ts";

export type PlannedChange = { node: ResourceNode; instance: ResourceInstance; change: ResourceChange };

/** Everything the planner found in a module tree, in the order of Terraform's own plans. */
export type CollectedChanges = {
  planned: PlannedChange[];
  deferred: { reason: string; resource_change: ResourceChange }[];
  remoteModules: { address: string; source: string; version?: string }[];
  hidden: { address: string; path: string; reason: string }[];
  attributes: { set: number; known: number };
};

export function collectChanges(root: ModuleInstance): CollectedChanges {
  const collected: CollectedChanges = {
    planned: [],
    deferred: [],
    remoteModules: [],
    hidden: [],
    attributes: { set: 0, known: 0 },
  };
  visit(root, collected);
  return collected;
}

function visit(module: ModuleInstance, collected: CollectedChanges): void {
  module.evaluateAll();
  const nodes = [...module.resources.values()].sort((left, right) => compare(left.address, right.address));
  for (const node of nodes) addNode(node, collected);
  for (const call of [...module.calls.values()].sort((left, right) => compare(left.address, right.address))) {
    const hidden = call.hiddenReason;
    if (hidden !== undefined) collected.hidden.push({ address: call.address, path: "", reason: hidden });
    if (!call.isLocal) {
      const version = literalText(call.block.body.attributes.get("version")?.expression);
      collected.remoteModules.push({
        address: call.address,
        source: call.displaySource,
        ...(version !== undefined && { version }),
      });
    }
    for (const instance of call.instances().values()) visit(instance, collected);
  }
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

function addNode(node: ResourceNode, collected: CollectedChanges): void {
  const { hidden } = node.expansion.get();
  if (hidden !== undefined) {
    const address = `${node.address}[*]`;
    collected.hidden.push({ address, path: "", reason: hidden });
    collected.deferred.push({
      reason: "instance_count_unknown",
      resource_change: describe(node, { address, key: undefined }, {}),
    });
    return;
  }
  for (const instance of node.instances()) {
    count(instance.config, node.schema, collected);
    const rendered = {
      after: knownPart(instance.config),
      unknown: withComputed(unknownMask(instance.config), node.schema, instance.config),
      sensitive: withSecrets(sensitiveMask(instance.config), node.schema, instance.config),
    };
    collected.planned.push({ node, instance, change: describe(node, instance, rendered) });
  }
}

/** What the provider fills in is not set by the configuration. */
function count(config: Value, schema: BlockSchema | undefined, collected: CollectedChanges): void {
  for (const [name, value] of entriesOf(config)) {
    if (schema?.defaults.get(name) === value) continue;
    collected.attributes.set += 1;
    if (isSettled(value)) collected.attributes.known += 1;
  }
}

function isSettled(value: Value): boolean {
  if (value.content === undefined) return false;
  if (Array.isArray(value.content)) return itemsOf(value).every(isSettled);
  return !(value.content instanceof Map) || [...entriesOf(value).values()].every(isSettled);
}

type RenderedChange = { after?: unknown; unknown?: unknown; sensitive?: unknown };

function describe(
  node: ResourceNode,
  instance: { address: string; key: InstanceKey },
  rendered: RenderedChange,
): ResourceChange {
  const { block, module } = node;
  return {
    address: instance.address,
    ...(module.address !== "" && { module_address: module.address }),
    mode: block.mode,
    type: block.type,
    name: block.name,
    ...(instance.key !== undefined && { index: instance.key }),
    provider_name: providerName(node),
    change: {
      actions: [block.mode === "data" ? "read" : "create"],
      before: null,
      after: rendered.after ?? {},
      after_unknown: rendered.unknown ?? true,
      before_sensitive: false,
      after_sensitive: rendered.sensitive ?? {},
    },
    ...(block.mode === "data" && { action_reason: "read_because_config_unknown" }),
  };
}

/** Adds what the provider computes to the mask of unknowns: attributes the configuration does not set. */
function withComputed(mask: unknown, schema: BlockSchema | undefined, config: Value): unknown {
  if (mask === true || config.content === undefined) return true;
  if (Array.isArray(config.content)) {
    const masks = mask as unknown[];
    return itemsOf(config).map((item, index) => withComputed(masks[index], schema, item));
  }
  if (!(config.content instanceof Map)) return mask;
  const own = entriesOf(config);
  const entries = new Map(Object.entries(mask as Record<string, unknown>));
  if (!schema) entries.set("id", own.has("id") ? entries.get("id") : true);
  for (const [name, attribute] of schema?.attributes ?? [])
    if (attribute.isComputed && !own.has(name)) entries.set(name, true);
  for (const [name, nested] of schema?.blocks ?? []) {
    const value = own.get(name);
    if (value) entries.set(name, withComputed(unknownMask(value), nested.block, value));
  }
  return plainObject(
    [...entries].filter(([, item]) => item !== undefined).sort(([left], [right]) => compare(left, right)),
  );
}

/** Adds what the provider declares secret. */
function withSecrets(mask: unknown, schema: BlockSchema | undefined, config: Value): unknown {
  if (mask === true || !schema) return mask;
  if (Array.isArray(config.content)) {
    const masks = mask as unknown[];
    return itemsOf(config).map((item, index) => withSecrets(masks[index], schema, item));
  }
  if (!(config.content instanceof Map)) return mask;
  const own = entriesOf(config);
  const entries = new Map(Object.entries(mask as Record<string, unknown>));
  for (const [name, attribute] of schema.attributes)
    if (attribute.isSensitive && own.has(name)) entries.set(name, true);
  for (const [name, nested] of schema.blocks) {
    const value = own.get(name);
    if (value) entries.set(name, withSecrets(sensitiveMask(value), nested.block, value));
  }
  return plainObject(entries);
}
