/** No configuration nests blocks this deep; a hostile document may. */
const maxDepth = 64;

function object(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** What a configuration says for certain where a plan says nothing: its constants. Everything else is marked unknown. */
export function constantPart(
  expressions: unknown,
  depth = 0,
): {
  values: Record<string, unknown>;
  unknown: Record<string, unknown>;
} {
  const values: Record<string, unknown> = {};
  const unknown: Record<string, unknown> = {};
  for (const [name, expression] of Object.entries(object(expressions))) {
    if (Array.isArray(expression)) {
      const blocks = depth > maxDepth ? [] : expression.map((item) => constantPart(item, depth + 1));
      values[name] = blocks.map((block) => block.values);
      unknown[name] = blocks.map((block) => block.unknown);
    } else if (Object.hasOwn(object(expression), "constant_value")) values[name] = object(expression).constant_value;
    else unknown[name] = true;
  }
  return { values, unknown };
}
