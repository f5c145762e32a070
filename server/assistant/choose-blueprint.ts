import type { Blueprint } from "#server/blueprint/blueprint.ts";
import type { Offer } from "./proposal.ts";
import { findPhrase, isNegated, likeness, tellingWords, type Word, wordsIn } from "./reading/words.ts";

/** A blueprint with how well it fits, and the words of the prompt that speak for it. */
export type Match = { offer: Offer; score: number; spans: [number, number][] };

/** Least score of a fit, and how near a second one may come before it is a question which is meant. */
const leastScore = 3;
const closeShare = 0.9;

type Field = { text: string; weight: number };

function fieldsOf(blueprint: Blueprint): Field[] {
  const list = (texts: readonly string[], weight: number) => texts.map((text) => ({ text, weight }));
  return [
    ...list([blueprint.title, blueprint.name.replaceAll("-", " ")], 4),
    ...list(blueprint.synonyms, 4),
    ...list([blueprint.category, blueprint.cloud ?? ""], 2),
    ...list(
      blueprint.labels.map(({ key, value }) => `${key} ${value ?? ""}`),
      1,
    ),
    ...list(
      blueprint.inputs.flatMap((input) => Object.values(input.valueSynonyms).flat()),
      1,
    ),
    ...list(
      blueprint.grains.map((grain) => grain.kind),
      1.5,
    ),
    ...list([blueprint.description], 0.8),
  ].filter((field) => field.text.trim() !== "");
}

/** Words that many blueprints share say little about any of them. */
function rarity(offers: readonly Offer[]): (word: string) => number {
  const known = offers.map(
    ({ blueprint }) => new Set(fieldsOf(blueprint).flatMap(({ text }) => wordsIn(text).map((word) => word.text))),
  );
  return (word) => {
    const carriers = known.filter((words) => words.has(word)).length;
    return carriers === 0 ? 1 : Math.max(0.25, 1 - Math.log2(carriers) / (Math.log2(offers.length + 1) + 0.5));
  };
}

type Indexed = { words: { word: string; weight: number }[]; phrases: Field[] };

function indexOf(blueprint: Blueprint): Indexed {
  const fields = fieldsOf(blueprint);
  return {
    words: fields.flatMap(({ text, weight }) => wordsIn(text).map((word) => ({ word: word.text, weight }))),
    phrases: fields.filter(({ text, weight }) => weight >= 2 && text.includes(" ")),
  };
}

type Judged = { prompt: string; all: Word[]; telling: Word[]; rare: (word: string) => number };

function score({ prompt, all, telling, rare }: Judged, offer: Offer): Match {
  const index = indexOf(offer.blueprint);
  const spans: [number, number][] = [];
  let sum = 0;
  for (const word of telling) {
    const best = index.words.reduce<{ value: number; word: string }>(
      (found, { word: known, weight }) => {
        const value = likeness(word.text, known) * weight;
        return value > found.value ? { value, word: known } : found;
      },
      { value: 0, word: "" },
    );
    if (best.value === 0) continue;
    const isUnwanted = isNegated(prompt, word.span[0]);
    sum += best.value * rare(best.word) * (isUnwanted ? -1 : 1);
    if (!isUnwanted && best.value >= 1) spans.push(word.span);
  }
  for (const { text, weight } of index.phrases) {
    const found = findPhrase(all, text);
    if (found && !isNegated(prompt, found.span[0])) sum += weight * found.likeness * 0.75;
  }
  return { offer, score: sum, spans };
}

export type Choice =
  | { kind: "fits"; match: Match; uncovered: string[] }
  | { kind: "which"; matches: Match[] }
  | { kind: "none"; uncovered: string[] };

/** Products people ask for by name: one that no blueprint covers must not be read as something else that fits a little. */
const products = new Set(
  (
    "mysql mariadb mongodb mongo redis valkey memcached kafka rabbitmq activemq nats oracle mssql sqlserver cassandra couchdb neo4j elasticsearch opensearch clickhouse snowflake " +
    "databricks spark hadoop airflow jenkins gitlab wordpress drupal magento sap windows macos ios android minecraft vault consul nomad openshift vmware vsphere openstack heroku netlify vercel"
  ).split(" "),
);

function uncoveredProducts({ prompt, telling }: Judged, offers: readonly Offer[]): string[] {
  const known = new Set(
    offers.flatMap(({ blueprint }) =>
      fieldsOf(blueprint).flatMap(({ text }) => wordsIn(text).map((word) => word.text)),
    ),
  );
  return telling
    .filter((word) => products.has(word.text) && !known.has(word.text) && !isNegated(prompt, word.span[0]))
    .map((word) => word.text);
}

/**
 * The blueprint that a prompt describes. Says which are meant when several fit alike, and that none fits rather than guess.
 */
export function chooseBlueprint(prompt: string, offers: readonly Offer[]): Choice {
  const judged = { prompt, all: wordsIn(prompt), telling: tellingWords(prompt), rare: rarity(offers) };
  const matches = offers
    .map((offer) => score(judged, offer))
    .sort((a, b) => b.score - a.score || a.offer.blueprint.name.localeCompare(b.offer.blueprint.name));
  const fitting = matches.filter((match) => match.score >= leastScore && match.spans.length > 0);
  const uncovered = uncoveredProducts(judged, offers);
  const [best] = fitting;
  if (!best || (uncovered.length > 0 && best.spans.length < 2)) return { kind: "none", uncovered };
  const close = fitting.filter((match) => match.score >= best.score * closeShare);
  const named = close.filter((match) => saysName(judged.all, match.offer.blueprint));
  if (named.length === 1) return { kind: "fits", match: named[0]!, uncovered };
  return close.length > 1 ? { kind: "which", matches: close.slice(0, 4) } : { kind: "fits", match: best, uncovered };
}

function saysName(words: Word[], blueprint: Blueprint): boolean {
  return [blueprint.title, blueprint.name.replaceAll("-", " ")].some((name) => findPhrase(words, name)?.likeness === 1);
}

/** The words that speak for a match, as one quote from the first to the last that stand close together. */
export function quoteOf(
  prompt: string,
  spans: readonly [number, number][],
): { quote: string; span: [number, number] } | undefined {
  const [first, ...rest] = [...spans].sort((a, b) => a[0] - b[0]);
  if (!first) return undefined;
  const span: [number, number] = [...first];
  for (const next of rest) if (next[0] - span[1] <= 3) span[1] = Math.max(span[1], next[1]);
  return { quote: prompt.slice(...span), span };
}
