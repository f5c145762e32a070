import type { ActorRecord } from "#server/actor.ts";
import type { AuditEvent } from "./audit-event.ts";

const MOST_WORDS = 2000;
const LONGEST_WORD = 64;
const LONGEST_TERM = 200;
// PostgreSQL keeps at most so many places of one word, and none beyond.
const LAST_PLACE = 16_383;
const MOST_PLACES = 255;

const uuid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const wordForm = new RegExp(`${uuid}|[\\p{L}\\p{N}\\p{M}]+`, "gu");

/** Text cut at everything but letters and digits (ids stay whole), so that search and index agree on what a word is. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(wordForm) ?? [];
}

const termFor = (key: string) => (value: string) => `${key}:${value.slice(0, LONGEST_TERM)}`;

/** What an event can be searched by beside its words: one term for each value that the search line has a key for. */
export const searchTerm = {
  actor: termFor("actor"),
  via: termFor("via"),
  action: termFor("action"),
  type: termFor("type"),
  space: (spaceId: string | null) => termFor("space")(spaceId ?? "account"),
  outcome: termFor("outcome"),
  ip: termFor("ip"),
  target: termFor("target"),
  name: (name: string) => termFor("name")(name.toLowerCase()),
} as const;

type Searchable = { event: AuditEvent; actor: ActorRecord; via: string; address: string | undefined };

/** The event as a PostgreSQL text search vector: its terms, and its words with their places. */
export function searchVector({ event, actor, via, address }: Searchable): string {
  const { action, object, spaceId, outcome = "success", data } = event;
  const terms = [
    searchTerm.actor(actor.id),
    searchTerm.via(via),
    searchTerm.action(action),
    searchTerm.type(object.type),
    searchTerm.space(spaceId),
    searchTerm.outcome(outcome),
    searchTerm.target(object.id),
    searchTerm.name(object.name),
    ...(address ? [searchTerm.ip(address)] : []),
  ];
  const texts = [actor.name, action, object.type, object.name, object.id];
  collectTexts(data, texts);
  return [...terms.map(quoteLexeme), ...placedWords(texts)].join(" ");
}

/** A lexeme as text search vectors and queries are written. */
export function quoteLexeme(lexeme: string): string {
  return `'${lexeme.replace(/['\\]/g, "$&$&")}'`;
}

function placedWords(texts: string[]): string[] {
  const places = new Map<string, number[]>();
  let place = 0;
  for (const text of texts) {
    for (const word of wordsOf(text)) {
      place += 1;
      const known = places.get(word) ?? [];
      if (word.length > LONGEST_WORD || place > LAST_PLACE || known.length >= MOST_PLACES) continue;
      if (places.size < MOST_WORDS) places.set(word, [...known, place]);
    }
    // Two texts are not a phrase.
    place += 1;
  }
  return [...places].map(([word, at]) => `${quoteLexeme(word)}:${at.join(",")}`);
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
