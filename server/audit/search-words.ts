import type { ActorRecord } from "#server/actor.ts";
import type { AuditEvent } from "./audit-event.ts";

const LONGEST = 16_000;

/** Text cut at everything but letters and digits, so that search and index agree on what a word is. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
}

/** The words an event is found by: actor, action, object and every text in its data. */
export function searchWords(event: AuditEvent, actor: ActorRecord): string {
  const texts: string[] = [actor.name, event.action, event.object.type, event.object.name, event.object.id];
  collectTexts(event.data, texts);
  const words = texts.flatMap((text) => wordsOf(text).filter((word) => word.length <= 64));
  return words.join(" ").slice(0, LONGEST);
}

function collectTexts(value: unknown, texts: string[]): void {
  if (typeof value === "string") texts.push(value);
  else if (typeof value === "number") texts.push(String(value));
  else if (typeof value === "object" && value !== null)
    for (const [key, item] of Object.entries(value)) {
      if (!Array.isArray(value)) texts.push(key);
      collectTexts(item, texts);
    }
}
