import { findReferences, type Reference } from "#server/plan/hcl/references.ts";
import type { Block, Body, Expression } from "#server/plan/hcl/syntax.ts";
import { convert } from "#server/plan/value/convert.ts";
import { STRING } from "#server/plan/value/type.ts";
import { object, tuple, type Value } from "#server/plan/value/value.ts";
import { knownPart, plainObject } from "./json-value.ts";

/** The arguments of a body as the `configuration` part of a plan shows them: constants, or what they refer to. */
export function renderExpressions(body: Body, skip: ReadonlySet<string>): Record<string, unknown> {
  const entries = new Map<string, unknown>();
  for (const [name, attribute] of body.attributes)
    if (!skip.has(name)) entries.set(name, renderExpression(attribute.expression));
  for (const block of body.blocks) {
    const type = block.type === "dynamic" ? (block.labels[0] ?? "") : block.type;
    if (skip.has(type)) continue;
    const rendered = block.type === "dynamic" ? renderDynamic(block) : renderExpressions(block.body, new Set());
    const earlier = entries.get(type);
    entries.set(type, Array.isArray(earlier) ? [...earlier, rendered] : [rendered]);
  }
  return plainObject([...entries].sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** Terraform shows the content of a dynamic block once, whatever its number will be. */
function renderDynamic(block: Block): Record<string, unknown> {
  const content = block.body.blocks.find((inner) => inner.type === "content");
  return content ? renderExpressions(content.body, new Set()) : {};
}

export function renderExpression(expression: Expression): unknown {
  const references = findReferences(expression);
  if (references.length > 0) return { references: unique(references.flatMap(spell)) };
  const value = constantOf(expression);
  return value && value.content !== null ? { constant_value: knownPart(value) } : {};
}

const unique = (items: readonly string[]): string[] => [...new Set(items)];

const pairs = new Set(["var", "local", "each", "count", "path", "terraform", "self"]);

/** `aws_vpc.main.id` counts as a reference to the attribute and to the resource, most precise first. */
function spell(reference: Reference): string[] {
  const steps = reference.steps.map((step) =>
    step.kind === "attribute" ? `.${step.name}` : `[${JSON.stringify(step.key)}]`,
  );
  if (pairs.has(reference.root)) return steps[0]?.startsWith(".") ? [reference.root + steps[0]] : [reference.root];
  const least = reference.root === "data" ? 2 : 1;
  const spelled: string[] = [];
  for (let count = steps.length; count >= least; count -= 1)
    spelled.push(reference.root + steps.slice(0, count).join(""));
  return spelled.length > 0 ? spelled : [reference.root + steps.join("")];
}

function constantOf(expression: Expression): Value | undefined {
  if (expression.kind === "literal") return expression.value;
  if (expression.kind === "parentheses") return constantOf(expression.inner);
  if (expression.kind === "tuple") {
    const items = expression.items.map(constantOf);
    return items.every((item) => item !== undefined) ? tuple(items) : undefined;
  }
  if (expression.kind !== "object") return undefined;
  const entries: [string, Value][] = [];
  for (const item of expression.items) {
    const key = constantOf(item.key);
    const value = constantOf(item.value);
    if (!key || !value) return undefined;
    entries.push([convert(key, STRING).content as string, value]);
  }
  return object(entries);
}
