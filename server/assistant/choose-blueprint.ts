import type { Blueprint, Cloud } from "#server/blueprint/blueprint.ts";
import type { Offer } from "./proposal.ts";
import { findPhrase, isNegated, likeness, stem, tellingWords, type Word, wordsIn } from "./reading/words.ts";

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
      blueprint.inputs.flatMap((input) => [
        input.title,
        ...input.synonyms,
        ...Object.values(input.valueSynonyms).flat(),
      ]),
      1,
    ),
    ...list(
      blueprint.grains.map((grain) => grain.kind),
      1.5,
    ),
    ...list([blueprint.description], 0.8),
  ].filter((field) => field.text.trim() !== "");
}

/** What a blueprint says of itself, prepared for many comparisons. */
type Indexed = { offer: Offer; words: Map<string, number>; phrases: Field[] };

/** A word of a name with several counts less than one that is a name by itself. */
function indexOf(offer: Offer): Indexed {
  const fields = fieldsOf(offer.blueprint);
  const words = new Map<string, number>();
  for (const { text, weight } of fields) {
    const found = wordsIn(text);
    const share = weight / Math.sqrt(Math.min(found.length, 4));
    for (const { text: word } of found) words.set(word, Math.max(words.get(word) ?? 0, share));
  }
  return { offer, words, phrases: fields.filter(({ text, weight }) => weight >= 2 && text.includes(" ")) };
}

/** Words that many blueprints have in their names say little about any of them. */
function rarity(catalog: readonly Indexed[]): (word: string) => number {
  return (word) => {
    const carriers = catalog.filter(({ words }) => (words.get(word) ?? 0) >= 1.4).length;
    return carriers === 0 ? 1 : Math.max(0.25, 1 - Math.log2(carriers) / (Math.log2(catalog.length + 1) + 0.5));
  };
}

type Judged = { prompt: string; all: Word[]; telling: Word[]; rare: (word: string) => number };

function bestWord(word: string, known: Map<string, number>): { value: number; word: string } {
  const exact = known.get(word);
  if (exact !== undefined) return { value: exact, word };
  let best = { value: 0, word: "" };
  for (const [other, weight] of known) {
    const value = weight > best.value ? likeness(word, other) * weight : 0;
    if (value > best.value) best = { value, word: other };
  }
  return best;
}

/** Words that a cloud is known by. */
const cloudWords: Record<string, Cloud> = {
  aws: "aws",
  amazon: "aws",
  azure: "azure",
  gcp: "gcp",
  google: "gcp",
  k8s: "kubernetes",
  kubernete: "kubernetes",
  kubernet: "kubernetes",
};

/** Who names a cloud hardly means another one. */
function cloudShare({ prompt, all }: Judged, { cloud }: Blueprint): number {
  const named = all.filter(({ span }) => !isNegated(prompt, span[0])).flatMap(({ text }) => cloudWords[text] ?? []);
  return cloud === null || named.length === 0 || named.includes(cloud) ? 1 : 0.7;
}

function score(judged: Judged, { offer, words, phrases }: Indexed): Match {
  const { prompt, all, telling, rare } = judged;
  const spans: [number, number][] = [];
  const seen = new Set<string>();
  let sum = 0;
  for (const word of telling) {
    const best = bestWord(word.text, words);
    if (best.value === 0 || seen.has(best.word)) continue;
    seen.add(best.word);
    const isUnwanted = isNegated(prompt, word.span[0]);
    // "the staging blueprint" names it, whatever else the sentence speaks of.
    const isNamed = /^\W{1,3}blueprint\b/i.test(prompt.slice(word.span[1], word.span[1] + 14));
    sum += best.value * rare(best.word) * (isUnwanted ? -1 : 1) * (isNamed ? 1.5 : 1);
    if (!isUnwanted && best.value >= 1) spans.push(word.span);
  }
  for (const { text, weight } of phrases) {
    const found = findPhrase(all, text);
    if (found && !isNegated(prompt, found.span[0])) sum += weight * found.likeness * 0.75;
  }
  return { offer, score: sum * cloudShare(judged, offer.blueprint), spans };
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
  )
    .split(" ")
    .map(stem),
);

function uncoveredProducts({ prompt, telling }: Judged, catalog: readonly Indexed[]): string[] {
  return telling
    .filter(({ text, span }) => products.has(text) && !isNegated(prompt, span[0]))
    .filter(({ text }) => !catalog.some(({ words }) => words.has(text)))
    .map(({ span }) => prompt.slice(...span));
}

/**
 * The blueprint that a prompt describes. Says which are meant when several fit alike, and that none fits rather than guess.
 */
export function chooseBlueprint(prompt: string, offers: readonly Offer[]): Choice {
  const catalog = offers.map(indexOf);
  const judged = { prompt, all: wordsIn(prompt), telling: tellingWords(prompt), rare: rarity(catalog) };
  const matches = catalog
    .map((indexed) => score(judged, indexed))
    .sort((a, b) => b.score - a.score || a.offer.blueprint.name.localeCompare(b.offer.blueprint.name));
  const fitting = matches.filter((match) => match.score >= leastScore && match.spans.length > 0);
  const uncovered = uncoveredProducts(judged, catalog);
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

/** The words that speak for a match, as one quote from the first to the last that stand close together; never the word before a name. */
export function quoteOf(
  prompt: string,
  spans: readonly [number, number][],
): { quote: string; span: [number, number] } | undefined {
  const named = spans.filter(([from, to]) => !/^(?:called|named)$/i.test(prompt.slice(from, to)));
  const [first, ...rest] = named.sort((a, b) => a[0] - b[0]);
  if (!first) return undefined;
  const span: [number, number] = [...first];
  for (const next of rest) if (next[0] - span[1] <= 3) span[1] = Math.max(span[1], next[1]);
  return { quote: prompt.slice(...span), span };
}
