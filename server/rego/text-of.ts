import type { Term } from "./ast.ts";
import { regoText } from "./values/text.ts";

/** Renamed locals keep their author's name before a `%`. */
export function sourceName(name: string): string {
  if (name.startsWith("$")) return "_";
  const mark = name.indexOf("%");
  return mark < 0 ? name : name.slice(0, mark);
}

const plainPart = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** A term as its author might have written it, for messages. */
export function termText(term: Term): string {
  switch (term.type) {
    case "scalar":
      return regoText(term.value);
    case "var":
      return sourceName(term.name);
    case "ref":
      return refText(term.parts);
    case "call":
      return `${refText(term.operator.parts)}(${term.args.map(termText).join(", ")})`;
    case "array":
      return `[${term.items.map(termText).join(", ")}]`;
    case "set":
      return term.items.length === 0 ? "set()" : `{${term.items.map(termText).join(", ")}}`;
    case "object":
      return `{${term.entries.map(([key, value]) => `${termText(key)}: ${termText(value)}`).join(", ")}}`;
    case "template":
      return '$"…"';
    case "objectComprehension":
      return `{${termText(term.key)}: ${termText(term.value)} | …}`;
    case "arrayComprehension":
      return `[${termText(term.head)} | …]`;
    case "setComprehension":
      return `{${termText(term.head)} | …}`;
  }
}

export function refText(parts: readonly Term[]): string {
  return parts
    .map((part, i) => {
      if (i === 0) return part.type === "var" ? sourceName(part.name) : termText(part);
      const isPlain = part.type === "scalar" && typeof part.value === "string" && plainPart.test(part.value);
      return isPlain ? `.${part.value}` : `[${termText(part)}]`;
    })
    .join("");
}
