import type { Expression, TemplatePart } from "./syntax.ts";

export type ReferenceStep = { kind: "attribute"; name: string } | { kind: "index"; key: string | number };

/** A reference as written: its root name and the steps that are plain names or literal indexes. */
export type Reference = { root: string; steps: readonly ReferenceStep[]; expression: Expression };

/** Every reference to a name that the expression does not bind itself, in the order of the text. */
export function findReferences(expression: Expression): Reference[] {
  const found: Reference[] = [];
  walk(expression, new Set(), found);
  return found;
}

function walk(expression: Expression, bound: ReadonlySet<string>, found: Reference[]): void {
  const reference = asReference(expression);
  if (reference) {
    if (!bound.has(reference.root)) found.push(reference);
    return;
  }
  if (expression.kind === "template") walkParts(expression.parts, bound, found);
  else if (expression.kind === "for") walkFor(expression, bound, found);
  else for (const child of childrenOf(expression)) walk(child, bound, found);
}

function childrenOf(expression: Exclude<Expression, { kind: "template" | "for" }>): readonly Expression[] {
  switch (expression.kind) {
    case "tuple":
      return expression.items;
    case "object":
      return expression.items.flatMap((item) => [item.key, item.value]);
    case "attribute":
      return [expression.source];
    case "index":
      return [expression.source, expression.key];
    case "splat":
      return [expression.source, expression.each];
    case "call":
      return expression.arguments;
    case "conditional":
      return [expression.condition, expression.yes, expression.no];
    case "binary":
      return [expression.left, expression.right];
    case "unary":
      return [expression.operand];
    case "parentheses":
      return [expression.inner];
    default:
      return [];
  }
}

function walkFor(
  expression: Extract<Expression, { kind: "for" }>,
  bound: ReadonlySet<string>,
  found: Reference[],
): void {
  walk(expression.collection, bound, found);
  const inner = new Set([
    ...bound,
    expression.valueName,
    ...(expression.keyName === undefined ? [] : [expression.keyName]),
  ]);
  for (const part of [expression.key, expression.value, expression.condition]) if (part) walk(part, inner, found);
}

function walkParts(parts: readonly TemplatePart[], bound: ReadonlySet<string>, found: Reference[]): void {
  for (const part of parts) {
    if (part.kind === "interpolation") walk(part.expression, bound, found);
    if (part.kind === "if") {
      walk(part.condition, bound, found);
      walkParts(part.yes, bound, found);
      walkParts(part.no, bound, found);
    }
    if (part.kind === "for") {
      walk(part.collection, bound, found);
      const names = [part.valueName, ...(part.keyName === undefined ? [] : [part.keyName])];
      walkParts(part.body, new Set([...bound, ...names]), found);
    }
  }
}

/** Whether a function is called anywhere in the expression. */
export function hasCall(expression: Expression): boolean {
  if (expression.kind === "call") return true;
  if (expression.kind === "template") return expression.parts.some(partHasCall);
  if (expression.kind === "for")
    return [expression.collection, expression.key, expression.value, expression.condition].some(
      (part) => part !== undefined && hasCall(part),
    );
  return childrenOf(expression).some(hasCall);
}

function partHasCall(part: TemplatePart): boolean {
  if (part.kind === "text") return false;
  if (part.kind === "interpolation") return hasCall(part.expression);
  if (part.kind === "if") return hasCall(part.condition) || [...part.yes, ...part.no].some(partHasCall);
  return hasCall(part.collection) || part.body.some(partHasCall);
}

/** Attribute steps and literal indexes from a name; anything else ends the reference. */
export function asReference(expression: Expression): Reference | undefined {
  const steps: ReferenceStep[] = [];
  let current = expression;
  for (;;) {
    if (current.kind === "name") return { root: current.name, steps: steps.reverse(), expression };
    if (current.kind === "attribute") {
      steps.push({ kind: "attribute", name: current.name });
      current = current.source;
    } else if (current.kind === "index") {
      const key = literalKey(current.key);
      if (key === undefined) return undefined;
      steps.push({ kind: "index", key });
      current = current.source;
    } else return undefined;
  }
}

function literalKey(key: Expression): string | number | undefined {
  if (key.kind !== "literal") return undefined;
  const { content } = key.value;
  if (typeof content === "string") return content;
  if (content && typeof content === "object" && "mantissa" in content)
    return Number(content.mantissa) * 2 ** content.exponent;
  return undefined;
}
