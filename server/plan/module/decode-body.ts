import { evaluate } from "#server/plan/eval/evaluate.ts";
import { iterationsOf } from "#server/plan/eval/for-expression.ts";
import type { Scope } from "#server/plan/eval/scope.ts";
import type { Block, Body, Expression } from "#server/plan/hcl/syntax.ts";
import { locate, PlanError } from "#server/plan/plan-error.ts";
import { rewriteValue } from "#server/plan/schema/rewrite.ts";
import type { AttributeSchema, BlockSchema, NestedSchema } from "#server/plan/schema/schema.ts";
import { convert } from "#server/plan/value/convert.ts";
import { ANY, listOf, mapOf, objectOf, type Type } from "#server/plan/value/type.ts";
import {
  children,
  isSensitiveWithin,
  known,
  list,
  map,
  nullOf,
  object,
  openObject,
  set,
  tuple,
  unknown,
  type Value,
  withSensitivity,
} from "#server/plan/value/value.ts";

/** A body evaluated: only what the configuration sets. Null counts as not set, as it does for providers. */
export type DecodeInput = {
  body: Body;
  schema: BlockSchema | undefined;
  scope: Scope;
  reason: string;
  skip: ReadonlySet<string>;
};

const nothing: ReadonlySet<string> = new Set();

export function decodeBody(input: DecodeInput): Value {
  const entries: [string, Value][] = [];
  for (const [name, attribute] of input.body.attributes) {
    if (input.skip.has(name)) continue;
    const value = decodeAttribute(attribute.expression, input.schema?.attributes.get(name), input.scope);
    if (value.content !== null) entries.push([name, value]);
  }
  for (const [type, found] of groupBlocks(input)) entries.push([type, decodeBlocks(type, found, input)]);
  return openObject([...defaultsBeside(entries, input.schema), ...entries], input.reason);
}

/** What the provider fills in for arguments that are left out. */
function defaultsBeside(entries: readonly [string, Value][], schema: BlockSchema | undefined): [string, Value][] {
  const own = new Set(entries.map(([name]) => name));
  return [...(schema?.defaults ?? [])].filter(([name]) => !own.has(name));
}

function decodeAttribute(expression: Expression, schema: AttributeSchema | undefined, scope: Scope): Value {
  const value = evaluate(expression, scope);
  if (schema?.isWriteOnly) return nullOf(schema.type);
  if (!schema || value.content === null) return value;
  try {
    return rewriteValue(wholeOrUnknown(convert(value, schema.type)), schema.rewrite);
  } catch (error) {
    throw locate(error, expression.at, "The value does not fit the argument");
  }
}

/** One nested block to be, with the names its `dynamic` gives it; `hidden` where their number is unknown. */
type PendingBlock = { body: Body; labels: readonly string[]; scope: Scope } | { hidden: string; sensitive: boolean };

function groupBlocks(input: DecodeInput): Map<string, PendingBlock[]> {
  const groups = new Map<string, PendingBlock[]>();
  for (const block of input.body.blocks) {
    const type = block.type === "dynamic" ? dynamicType(block) : block.type;
    if (input.skip.has(type)) continue;
    const group = groups.get(type) ?? [];
    if (block.type === "dynamic") group.push(...expandDynamic(block, type, input.scope));
    else group.push({ body: block.body, labels: block.labels, scope: input.scope });
    groups.set(type, group);
  }
  return groups;
}

function dynamicType(block: Block): string {
  const [type] = block.labels;
  if (type === undefined) throw new PlanError("A dynamic block is named after the block it makes.", block.at);
  return type;
}

function expandDynamic(block: Block, type: string, scope: Scope): PendingBlock[] {
  const forEach = block.body.attributes.get("for_each");
  const content = block.body.blocks.find((inner) => inner.type === "content");
  if (!forEach || !content) throw new PlanError('A dynamic block needs "for_each" and a content block.', block.at);
  const iterator = block.body.attributes.get("iterator")?.expression;
  const name = iterator?.kind === "name" ? iterator.name : type;
  const collection = evaluate(forEach.expression, scope);
  if (collection.content === null)
    throw new PlanError('"for_each" must not be null.', forEach.expression.at, "Give an empty list for none.");
  const iterations = iterationsOf(collection);
  if (!iterations) return [{ hidden: collection.reason ?? "not known before apply", sensitive: collection.sensitive }];
  scope.context.budget.collection(iterations.length, block.at);
  scope.context.budget.instance(iterations.length, block.at);
  return iterations.map(({ key, value }) => {
    const item = withSensitivity(value, collection.sensitive);
    const inner = scope.child({
      [name]: object([
        ["key", key],
        ["value", item],
      ]),
    });
    return { body: content.body, labels: dynamicLabels(block, inner), scope: inner };
  });
}

function dynamicLabels(block: Block, scope: Scope): readonly string[] {
  const labels = block.body.attributes.get("labels");
  if (!labels) return [];
  const value = evaluate(labels.expression, scope);
  return Array.isArray(value.content) ? value.content.map((label) => String((label as Value).content)) : [];
}

function decodeBlocks(type: string, pending: readonly PendingBlock[], input: DecodeInput): Value {
  const nested = input.schema?.blocks.get(type);
  const hidden = pending.find((block) => "hidden" in block);
  if (hidden && "hidden" in hidden)
    return withSensitivity(unknown(containerType(nested), hidden.hidden), hidden.sensitive);
  if (nested?.isHidden) return unknown(containerType(nested), "the provider rewrites this block");
  const bodies = pending.filter((block): block is Extract<PendingBlock, { body: Body }> => "body" in block);
  const values = bodies.map(({ body, scope }) =>
    decodeBody({ body, schema: nested?.block, scope, reason: input.reason, skip: nothing }),
  );
  const asAttribute = input.schema?.attributes.get(type);
  if (asAttribute) return closeInto(asAttribute.type, values);
  if (!nested) return tuple(values);
  if (nested.nesting === "single") return values[0] ?? tuple([]);
  if (nested.nesting === "map")
    return map(
      ANY,
      values.map((value, index) => [bodies[index]!.labels[0] ?? "", value] as const),
    );
  return nested.nesting === "set" ? set(ANY, values) : list(ANY, values);
}

/** Providers show a list, set or map argument with an unknown member as unknown altogether; nested blocks keep what is known. */
function wholeOrUnknown(value: Value): Value {
  if (!("element" in value.type) || value.content === undefined) return value;
  const hidden = findUnset(value);
  return hidden === undefined
    ? value
    : withSensitivity(unknown(value.type, hidden), value.sensitive || isSensitiveWithin(value));
}

/** Like `findUnknown`, but what a block leaves to the provider does not count. */
function findUnset(value: Value): string | undefined {
  if (value.content === undefined) return value.reason ?? "not known before apply";
  return children(value)
    .map(findUnset)
    .find((reason) => reason !== undefined);
}

function containerType(nested: NestedSchema | undefined): Type {
  if (!nested || nested.nesting === "list" || nested.nesting === "set") return listOf(ANY);
  return nested.nesting === "map" ? mapOf(ANY) : objectOf(new Map(), true);
}

/** Arguments of object type may be written as blocks; what a block leaves out is null there. */
function closeInto(type: Type, values: readonly Value[]): Value {
  const element = "element" in type ? type.element : ANY;
  const items = values.map((value) => (element.kind === "object" ? convertPartly(value, element.attributes) : value));
  return type.kind === "set" ? wholeOrUnknown(set(element, items)) : list(element, items);
}

function convertPartly(value: Value, attributes: ReadonlyMap<string, Type>): Value {
  const own = value.content as ReadonlyMap<string, Value>;
  const entries = [...own].map(([name, item]) => [name, convert(item, attributes.get(name) ?? ANY)] as const);
  return known(objectOf(new Map(entries.map(([name, item]) => [name, item.type]))), new Map(entries));
}
