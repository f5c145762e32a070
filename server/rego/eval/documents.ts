import type { RuleNode } from "#server/rego/compile/rule-tree.ts";
import { ObjectBuilder, RegoObject } from "#server/rego/values/rego-object.ts";
import { keyOf, type Value } from "#server/rego/values/value.ts";
import { baseLookup } from "./lookup.ts";
import type { Machine } from "./machine.ts";
import type { Mask } from "./overlay.ts";
import { evalPartial, evalPartialAt } from "./partial.ts";
import type { Program } from "./program.ts";
import { evalComplete } from "./rules.ts";

/** A place in `data`: rules and base data side by side, as far as either reaches. */
export interface Place {
  node: RuleNode | undefined;
  base: Value | undefined;
  mask: Mask | undefined;
}

export function rootPlace(machine: Machine, program: Program): Place {
  const replaced = machine.mask?.replaced === true;
  return { node: replaced ? undefined : program.root, base: machine.data, mask: machine.mask };
}

export function placeBelow({ node, base, mask }: Place, key: Value): Place {
  const below = mask?.children.get(keyOf(key));
  return {
    node: below?.replaced === true ? undefined : node?.child(key),
    base: base === undefined ? undefined : baseLookup(base, key),
    mask: below,
  };
}

/** The keys below a place, rules' and base data's, in order. */
export function keysBelow({ node, base, mask }: Place): Value[] {
  const keys = new Map<unknown, Value>();
  for (const key of baseKeys(base)) keys.set(keyOf(key), key);
  for (const [slot, child] of node?.children ?? []) {
    if (mask?.children.get(slot)?.replaced !== true) keys.set(slot, child.key);
  }
  return node === undefined
    ? [...keys.values()]
    : RegoObject.of([...keys.values()].map((key) => [key, true]))
        .keys()
        .slice();
}

function baseKeys(base: Value | undefined): readonly Value[] {
  if (base instanceof RegoObject) return base.keys();
  return Array.isArray(base) ? base.map((_, i) => i) : [];
}

/** What the rules of a node define; with keys, at least what stands at and below them. */
export function ruleDocument(
  machine: Machine,
  program: Program,
  { node, keys }: { node: RuleNode; keys: readonly Value[] },
): Value | undefined {
  const definition = program.definitionOf(node);
  if (definition.kind === "function") return undefined;
  if (definition.kind === "complete") return evalComplete(machine, definition);
  return keys.length === 0 ? evalPartial(machine, definition) : evalPartialAt(machine, definition, keys);
}

/** Everything at a place: base data merged over what the rules below it define. */
export function extent(machine: Machine, program: Program, place: Place): Value | undefined {
  const { node, base } = place;
  if (node === undefined) return base;
  if (node.rules.length > 0) return ruleDocument(machine, program, { node, keys: [] });
  if (base !== undefined && !(base instanceof RegoObject)) return base;
  const isWhole = place.mask === undefined;
  const known = isWhole ? machine.cache.extents.get(node) : undefined;
  if (known !== undefined) return known;
  const { cache } = machine;
  const builder = base === undefined ? new ObjectBuilder() : ObjectBuilder.from(base);
  for (const child of node.children.values()) {
    const below = placeBelow(place, child.key);
    if (below.node === undefined || (child.rules.length > 0 && below.base !== undefined)) continue;
    const value = extent(machine, program, below);
    if (value !== undefined) builder.set(child.key, value);
  }
  const value = builder.build();
  if (isWhole) cache.extents.set(node, value);
  return value;
}
