import type { Prompt } from "#server/blueprint/blueprint.ts";

/** The sentence with its example values in their slots. */
export function filledPrompt({ text, example }: Pick<Prompt, "text" | "example">): string {
  return text.replace(/\{(\w+)\}/g, (slot, name: string) => example[name] ?? slot);
}
