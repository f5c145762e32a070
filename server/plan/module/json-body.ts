import { fromJson } from "#server/plan/functions/json.ts";
import { parseTemplateFile } from "#server/plan/hcl/parse-template.ts";
import type { Attribute, Block, Body, Expression } from "#server/plan/hcl/syntax.ts";
import { PlanError, type Position } from "#server/plan/plan-error.ts";
import { entriesOf, itemsOf, text, textOf, type Value } from "#server/plan/value/value.ts";

type Source = { file: string; text: string; maxDepth: number };

/** How many labels each block of the language has; below them, JSON gives no hint what is a block. */
const labelCounts: Record<string, number> = {
  resource: 2,
  data: 2,
  variable: 1,
  output: 1,
  module: 1,
  provider: 1,
  terraform: 0,
  locals: 0,
};
const literalBlocks = new Set(["variable", "terraform"]);
const nestedBlocks = new Set([
  "required_providers",
  "lifecycle",
  "provisioner",
  "connection",
  "dynamic",
  "content",
  "validation",
  "precondition",
  "postcondition",
  "default_tags",
  "assume_role",
  "features",
]);

/** The JSON form of the language, as generators write it. Positions name the file only. */
export function jsonBody(source: Source): Body {
  const at = { file: source.file, line: 1, column: 1 };
  const root = fromJson(source.text);
  if (!(root.content instanceof Map)) throw new PlanError("A .tf.json file must hold one object.", at);
  const blocks: Block[] = [];
  for (const [type, value] of entriesOf(root)) {
    if (type === "//") continue;
    const count = labelCounts[type];
    if (count !== undefined) blocks.push(...readBlocks({ type, value, count, source, at }));
  }
  return { attributes: new Map(), blocks, at };
}

type Reading = { type: string; value: Value; count: number; source: Source; at: Position };

function readBlocks(reading: Reading, labels: readonly string[] = []): Block[] {
  const { type, value, count, at } = reading;
  if (Array.isArray(value.content))
    return itemsOf(value).flatMap((item) => readBlocks({ ...reading, value: item }, labels));
  if (!(value.content instanceof Map)) throw new PlanError(`"${type}" must be an object.`, at);
  if (labels.length < count)
    return [...entriesOf(value)].flatMap(([label, item]) =>
      readBlocks({ ...reading, value: item }, [...labels, label]),
    );
  return [{ type, labels, at, body: readBody(reading, value) }];
}

function readBody(reading: Reading, value: Value): Body {
  const attributes = new Map<string, Attribute>();
  const blocks: Block[] = [];
  for (const [name, item] of entriesOf(value)) {
    if (name === "//") continue;
    const isBlock = nestedBlocks.has(name) && (item.content instanceof Map || Array.isArray(item.content));
    if (isBlock)
      blocks.push(
        ...readBlocks({
          ...reading,
          type: name,
          value: item,
          count: name === "dynamic" || name === "provisioner" ? 1 : 0,
        }),
      );
    else attributes.set(name, { name, at: reading.at, expression: toExpression(item, reading) });
  }
  return { attributes, blocks, at: reading.at };
}

/** Strings are templates, except where the language wants plain text. */
function toExpression(value: Value, reading: Reading): Expression {
  const { at } = reading;
  if (typeof value.content === "string") {
    if (literalBlocks.has(reading.type)) return { kind: "literal", at, value };
    return parseTemplateFile({ ...reading.source, text: textOf(value) });
  }
  if (Array.isArray(value.content))
    return { kind: "tuple", at, items: itemsOf(value).map((item) => toExpression(item, reading)) };
  if (!(value.content instanceof Map)) return { kind: "literal", at, value };
  const items = [...entriesOf(value)].map(([key, item]) => ({
    key: { kind: "literal", at, value: text(key) } as const,
    value: toExpression(item, reading),
  }));
  return { kind: "object", at, items };
}
