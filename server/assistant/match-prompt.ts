import type { Blueprint, Prompt } from "#server/blueprint/blueprint.ts";
import { type Reading, readingAt } from "./reading/reading.ts";

/** A reviewed prompt found in a sentence, with what stands in its slots. */
export type PromptMatch = { prompt: Prompt; slots: Record<string, Reading<string>> };

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+");

function expressionOf(prompt: Prompt): RegExp {
  const parts = prompt.text.replace(/^(?:an?|the)\s+/i, "").split(/\{[^}]*\}/);
  const body = parts.map(escaped).join("(.{1,80}?)");
  const endsWithSlot = prompt.text.trim().endsWith("}");
  return new RegExp(`${body}${endsWithSlot ? "\\s*(?:[.!?]|$)" : ""}`, "dius");
}

/**
 * The blueprint's reviewed prompt that a sentence follows, if any: its fixed words in order, anything short in its slots.
 * What a template guides needs no guessing.
 */
export function matchPrompt(text: string, blueprint: Blueprint): PromptMatch | undefined {
  for (const prompt of blueprint.prompts) {
    if (prompt.slots.length === 0 || prompt.text.replace(/\{[^}]*\}/g, "").trim().length < 8) continue;
    const match = expressionOf(prompt).exec(text);
    if (!match?.indices) continue;
    const slots: Record<string, Reading<string>> = {};
    for (const [index, name] of prompt.slots.entries()) {
      const [start = 0, end = 0] = match.indices[index + 1] ?? [];
      const value = text.slice(start, end).replace(/^[\s"'“„«`]+|[\s"'”»`]+$/gu, "");
      const at = start + text.slice(start, end).indexOf(value);
      if (value !== "") slots[name] = readingAt(text, value, [at, at + value.length]);
    }
    return { prompt, slots };
  }
  return undefined;
}
