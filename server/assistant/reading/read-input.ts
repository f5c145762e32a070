import type { InputDefinition } from "#server/blueprint/blueprint.ts";
import { findValueProblem } from "#server/blueprint/input-value.ts";
import { readCounts, readNumberNear, readSizes } from "./read-amounts.ts";
import { readQuoted } from "./read-name.ts";
import { readRegions } from "./read-region.ts";
import { matchesOf, overlaps, type Reading, readingAt, readNumber, wordsPattern } from "./reading.ts";
import { findPhrase, isNegated, type Word, wordsIn } from "./words.ts";

/** A sentence that is read for inputs; `taken` are places that already mean something. */
export type Text = { prompt: string; words: Word[]; taken: [number, number][] };

export const isValid = (input: InputDefinition, value: string) => findValueProblem(input, value) === null;

const isFree = (text: Text, span: [number, number]) => !text.taken.some((other) => overlaps(other, span));

/** What people call an input. */
export function namesOf(input: InputDefinition): string[] {
  return [input.title, input.name.replace(/[_-]+/g, " "), ...input.synonyms];
}

/** Where a text names the input; the longest of its names counts. */
function mentionOf(text: Text, input: InputDefinition): { span: [number, number] } | undefined {
  const found = namesOf(input).flatMap((name) => findPhrase(text.words, name) ?? []);
  return found.sort((a, b) => b.span[1] - b.span[0] - (a.span[1] - a.span[0]))[0];
}

/** Every word that stands for one of the input's values: the value, its label, its synonyms. */
function spokenValues(input: InputDefinition): { value: string; phrase: string }[] {
  const listed = input.allowedValues.flatMap(({ value, label }) => [
    { value, phrase: value },
    { value, phrase: label },
  ]);
  const synonyms = Object.entries(input.valueSynonyms).flatMap(([value, phrases]) =>
    phrases.map((phrase) => ({ value, phrase })),
  );
  return [...listed, ...synonyms].sort((a, b) => b.phrase.length - a.phrase.length);
}

/** A value said outright is meant before one that is only nearly spelled so. */
export function readChoice(text: Text, input: InputDefinition): Reading<string> | undefined {
  return readSpoken(text, input, 1) ?? readSpoken(text, input, 0);
}

function readSpoken(text: Text, input: InputDefinition, least: number): Reading<string> | undefined {
  for (const { value, phrase } of spokenValues(input)) {
    const isShort = /^\d+$|^(?:true|false|yes|no)$/i.test(phrase);
    const found = isShort ? undefined : findPhrase(text.words, phrase);
    if (!found || found.likeness < least || isNegated(text.prompt, found.span[0]) || !isFree(text, found.span))
      continue;
    if (input.kind === "environment_class" && !isClass(text.prompt, found.span)) continue;
    if (isValid(input, value)) return readingAt(text.prompt, value, found.span);
  }
  return undefined;
}

/** "a test environment" names a class; "a load test" and "a live demo" do not. */
function isClass(prompt: string, [start, end]: [number, number]): boolean {
  if (!/^(?:tests?|testing|live|stage)$/i.test(prompt.slice(start, end))) return true;
  return (
    /^\s+(?:env(?:ironment)?|class|system|setup|stage|account)\b/i.test(prompt.slice(end)) ||
    /\b(?:class|stage|tier|as|environment)\W{1,3}$/i.test(prompt.slice(0, start))
  );
}

function readRegion(text: Text, input: InputDefinition, notes: string[]): Reading<string> | undefined {
  for (const reading of readRegions(text.prompt)) {
    if (isNegated(text.prompt, reading.span[0])) continue;
    const value = reading.value.find((id) => isValid(input, id));
    if (value) return { ...reading, value };
    if (input.allowedValues.length > 0)
      notes.push(
        `You asked for ${reading.quote}; this blueprint offers ${input.allowedValues.map((choice) => choice.value).join(", ")}.`,
      );
  }
  return undefined;
}

const distance = (a: [number, number], b: [number, number]) => (a[1] <= b[0] ? b[0] - a[1] : a[0] - b[1]);

function nearest<T>(readings: readonly Reading<T>[], mention: { span: [number, number] } | undefined) {
  if (!mention) return readings[0];
  return [...readings].sort((a, b) => distance(a.span, mention.span) - distance(b.span, mention.span))[0];
}

function readSize(text: Text, input: InputDefinition): Reading<string> | undefined {
  const free = readSizes(text.prompt).filter(({ span }) => isFree(text, span));
  const found = nearest(free, mentionOf(text, input));
  return found && { ...found, value: String(found.value) };
}

function readCount(text: Text, input: InputDefinition): Reading<string> | undefined {
  const names = namesOf(input).map((name) => wordsIn(name).at(-1)?.text ?? "");
  const counted = readCounts(text.prompt).find(
    ({ value, span }) => isFree(text, span) && wordsIn(value.thing).some((word) => names.includes(word.text)),
  );
  return counted && { ...counted, value: String(counted.value.number) };
}

/** A length of time that belongs to an input counted in days, hours or minutes: "messages kept 7 days". */
export function readTimed(text: Text, input: InputDefinition): Reading<string> | undefined {
  // "Keep data" is also said as "data kept".
  const mention = mentionOf(text, input) ?? findPhrase(text.words, input.title.split(" ").reverse().join(" "));
  const unit = input.unit?.replace(/s$/, "") ?? "";
  if (!mention || !/^(?:day|hour|minute)$/.test(unit)) return undefined;
  const lengths = matchesOf(text.prompt, new RegExp(`\\b(\\d+|${wordsPattern})\\s*-?(?:${unit}s?)\\b`, "giu"))
    .filter(({ span }) => isFree(text, span) && distance(span, mention.span) <= 28)
    .filter(
      ({ span }) =>
        !/[.;]/.test(text.prompt.slice(Math.min(span[1], mention.span[1]), Math.max(span[0], mention.span[0]))),
    )
    .map(({ match, span }) => readingAt(text.prompt, String(readNumber(match[1] ?? "")), span));
  return nearest(lengths, mention);
}

/** A yes or no that is said by naming the thing: "spot", "not public", "without backups". */
function readSwitch(text: Text, input: InputDefinition): Reading<string> | undefined {
  const mention = mentionOf(text, input);
  if (!mention) return undefined;
  const value = String(!isNegated(text.prompt, mention.span[0]));
  return isValid(input, value) ? readingAt(text.prompt, value, mention.span) : undefined;
}

const isSwitch = (input: InputDefinition) =>
  input.type === "bool" ||
  (input.allowedValues.length === 2 && input.allowedValues.every(({ value }) => value === "true" || value === "false"));

const naming = /^(?:called|named|titled|saying|says)$/i;
const notAName = /^(?:for|with|until|till?|in|on|at|and|or|of|to|from|please|that|which|it|the|an?|is|by)$/i;
const given = /^\s*(?:is|=|:|called|named|titled|as)\s*/iu;
const phraseEnd = /[,.;:!?\n]|\s(?:for|until|till?|with|in|on|saying|says|please|and)\s/iu;

/** What follows a place as a value: several words where the input takes a free text, else one. */
function valueAt(text: Text, input: InputDefinition, start: number): Reading<string> | undefined {
  const rest = text.prompt.slice(start);
  const gap = /^\s*/.exec(rest)?.[0].length ?? 0;
  const phrase = rest.slice(gap).split(phraseEnd)[0]?.trim() ?? "";
  const word = /^\S{1,120}?(?=[.,;:!?]*(?:\s|$))/u.exec(rest.slice(gap))?.[0] ?? "";
  const takesText = input.allowedValues.length === 0 && isValid(input, "Two words");
  const value = takesText && phrase !== "" && phrase.length <= 60 ? phrase : word;
  const span: [number, number] = [start + gap, start + gap + value.length];
  return value === "" || notAName.test(value) || !isFree(text, span) ? undefined : readingAt(text.prompt, value, span);
}

/** A value that stands beside the input's own name: `database "shop"`, "title: Hello", "version 16", "called shop". */
function readBeside(text: Text, input: InputDefinition): Reading<string> | undefined {
  const mention = mentionOf(text, input);
  if (!mention) return undefined;
  const [, end] = mention.span;
  const quoted = readQuoted(text.prompt).find(
    ({ span }) => span[0] >= end && span[0] - end <= 16 && isFree(text, span),
  );
  if (quoted) return quoted;
  if (input.type === "number" || input.kind === "version") {
    const number = readNumberNear(text.prompt, mention);
    if (number) return { ...number, value: String(number.value) };
  }
  const says = given.exec(text.prompt.slice(end));
  if (says) return valueAt(text, input, end + says[0].length);
  const isNaming = naming.test(text.prompt.slice(...mention.span)) || input.kind === "cost_center";
  const beside = isNaming ? valueAt(text, input, end) : undefined;
  return beside && (input.kind !== "cost_center" || isValid(input, beside.value)) ? beside : undefined;
}

/** "called shop" gives the name to the one input that is named that way, even where another of its names stands before. */
function readNamed(text: Text, input: InputDefinition): Reading<string> | undefined {
  const verbs = input.synonyms.filter((synonym) => naming.test(synonym));
  const found = verbs.flatMap((verb) => findPhrase(text.words, verb) ?? []).find(({ likeness }) => likeness === 1);
  if (!found) return undefined;
  const quoted = readQuoted(text.prompt).find(({ span }) => span[0] >= found.span[1] && span[0] - found.span[1] <= 3);
  return quoted ?? valueAt(text, input, found.span[1]);
}

/** A word whose very form says what it is, such as an image with its tag or a network. */
function readByForm(text: Text, input: InputDefinition): Reading<string> | undefined {
  const isPlain = ["word", "Word", "two-words", "two_words", "two words", "42", "eu-west-1"].some((plain) =>
    isValid(input, plain),
  );
  if (input.pattern === undefined || input.allowedValues.length > 0 || isPlain) return undefined;
  const words = matchesOf(text.prompt, /\S+/gu).map(({ span }) => span);
  const spans = words.flatMap((span, index): [number, number][] => {
    const next = words[index + 1];
    return next ? [[span[0], next[1]], span] : [span];
  });
  for (const span of spans) {
    const value = text.prompt.slice(...span);
    const bare = value.replace(/[.,;:!?]+$/, "");
    if (isFree(text, span) && isValid(input, bare))
      return readingAt(text.prompt, bare, [span[0], span[0] + bare.length]);
  }
  return undefined;
}

/** What a sentence says about one input, by its meaning. Notes take what was asked for and cannot be had. */
export function readInput(text: Text, input: InputDefinition, notes: string[]): Reading<string> | undefined {
  if (input.kind === "region") return readRegion(text, input, notes) ?? readChoice(text, input);
  if (isSwitch(input)) return readSwitch(text, input);
  if (input.unit && input.kind === null && input.type === "number")
    return readTimed(text, input) ?? readBeside(text, input);
  if (input.kind === "size_gb") return readSize(text, input) ?? readBeside(text, input);
  if (input.kind === "count") return readCount(text, input) ?? readBeside(text, input);
  return readByForm(text, input) ?? readNamed(text, input) ?? readBeside(text, input) ?? readChoice(text, input);
}

/** What a reviewed prompt's slot says about its input: the value itself, or a word that stands for it. */
export function readSlot(slot: Reading<string>, input: InputDefinition): Reading<string> | undefined {
  const inside: Text = { prompt: slot.value, words: wordsIn(slot.value), taken: [] };
  const bare = slot.value.replace(/^(?:an?|the)\s+/i, "");
  const value =
    [slot.value, bare].find((candidate) => isValid(input, candidate)) ??
    readInput(inside, input, [])?.value ??
    readChoice(inside, input)?.value;
  return value === undefined ? undefined : { ...slot, value };
}
