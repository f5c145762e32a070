import type { Blueprint, InputDefinition } from "#server/blueprint/blueprint.ts";
import { findValueProblem } from "#server/blueprint/input-value.ts";
import type { Evidence } from "#server/decision/evidence.ts";
import { matchPrompt } from "./match-prompt.ts";
import type { Filled } from "./proposal.ts";
import { readCounts, readNumberNear, readSizes } from "./reading/read-amounts.ts";
import { readQuoted } from "./reading/read-name.ts";
import { readRegions } from "./reading/read-region.ts";
import { overlaps, type Reading, readingAt } from "./reading/reading.ts";
import { findPhrase, isNegated, type Word, wordsIn } from "./reading/words.ts";

/** What was read for a blueprint's inputs, and what was asked for and cannot be had. */
export type FilledInputs = { inputs: Record<string, Filled<string>>; notes: string[] };

type Text = { prompt: string; words: Word[]; taken: [number, number][] };

const said = ({ quote, span }: Reading<unknown>, note?: string): Evidence => ({
  source: "said",
  quote,
  span,
  ...(note && { note }),
});
const isValid = (input: InputDefinition, value: string) => findValueProblem(input, value) === null;

function namesOf(input: InputDefinition): string[] {
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

function readChoice(text: Text, input: InputDefinition): Reading<string> | undefined {
  return readSpoken(text, input, 1) ?? readSpoken(text, input, 0);
}

/** A value said outright is meant before one that is only nearly spelled so. */
function readSpoken(text: Text, input: InputDefinition, least: number): Reading<string> | undefined {
  for (const { value, phrase } of spokenValues(input)) {
    const isShort = /^\d+$|^(?:true|false|yes|no)$/i.test(phrase);
    const found = isShort ? undefined : findPhrase(text.words, phrase);
    if (
      !found ||
      found.likeness < least ||
      isNegated(text.prompt, found.span[0]) ||
      text.taken.some((span) => overlaps(span, found.span))
    )
      continue;
    if (isValid(input, value)) return readingAt(text.prompt, value, found.span);
  }
  return undefined;
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

function readSize(text: Text, input: InputDefinition): Reading<string> | undefined {
  const mention = mentionOf(text, input);
  const free = readSizes(text.prompt).filter((reading) => !text.taken.some((span) => overlaps(span, reading.span)));
  const nearest = mention
    ? [...free].sort((a, b) => distance(a.span, mention.span) - distance(b.span, mention.span))[0]
    : free[0];
  return nearest && { ...nearest, value: String(nearest.value) };
}

const distance = (a: [number, number], b: [number, number]) => (a[1] <= b[0] ? b[0] - a[1] : a[0] - b[1]);

function readCount(text: Text, input: InputDefinition): Reading<string> | undefined {
  const names = namesOf(input).map((name) => wordsIn(name).at(-1)?.text ?? "");
  const counted = readCounts(text.prompt).find((reading) => {
    const things = wordsIn(reading.value.thing).map((word) => word.text);
    return things.some((thing) => names.includes(thing)) && !text.taken.some((span) => overlaps(span, reading.span));
  });
  return counted && { ...counted, value: String(counted.value.number) };
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

/** A value that stands beside the input's own name: `database "shop"`, "title: Hello", "version 16". */
function readBeside(text: Text, input: InputDefinition): Reading<string> | undefined {
  const mention = mentionOf(text, input);
  if (!mention) return undefined;
  const quoted = readQuoted(text.prompt).find(
    ({ span }) => span[0] >= mention.span[1] && span[0] - mention.span[1] <= 16,
  );
  if (quoted) return quoted;
  if (input.type === "number" || input.kind === "version") {
    const number = readNumberNear(text.prompt, mention);
    if (number) return { ...number, value: String(number.value) };
  }
  const given = /^\s*(?:is|=|:|called|named|as)\s*([^\s,;]{1,120}?)(?=[.,;!?]?(?:\s|$))/iu.exec(
    text.prompt.slice(mention.span[1]),
  );
  return given?.[1]
    ? readingAt(text.prompt, given[1], [
        mention.span[1] + given[0].lastIndexOf(given[1]),
        mention.span[1] + given[0].length,
      ])
    : undefined;
}

function readInput(text: Text, input: InputDefinition, notes: string[]): Reading<string> | undefined {
  if (input.kind === "region") return readRegion(text, input, notes) ?? readChoice(text, input);
  if (isSwitch(input)) return readSwitch(text, input);
  if (input.kind === "size_gb") return readSize(text, input) ?? readBeside(text, input);
  if (input.kind === "count") return readCount(text, input) ?? readBeside(text, input);
  return readBeside(text, input) ?? readChoice(text, input);
}

/** What a reviewed prompt's slot says about its input: the value itself, or a word that stands for it. */
function readSlot(slot: Reading<string>, input: InputDefinition): Reading<string> | undefined {
  const inside: Text = { prompt: slot.value, words: wordsIn(slot.value), taken: [] };
  const bare = slot.value.replace(/^(?:an?|the)\s+/i, "");
  const value =
    [slot.value, bare].find((candidate) => isValid(input, candidate)) ??
    readInput(inside, input, [])?.value ??
    readChoice(inside, input)?.value;
  return value === undefined ? undefined : { ...slot, value };
}

/**
 * Reads a prompt for the inputs of one blueprint: a reviewed prompt's slots first, then each input by its meaning. Sensitive
 * inputs are never filled from a sentence. `taken` are places that already mean something else, such as the duration.
 */
export function fillInputs(prompt: string, blueprint: Blueprint, taken: [number, number][]): FilledInputs {
  const text: Text = { prompt, words: wordsIn(prompt), taken: [...taken] };
  const inputs: Record<string, Filled<string>> = {};
  const notes: string[] = [];
  const guided = matchPrompt(prompt, blueprint);
  for (const input of blueprint.inputs.filter((item) => !item.sensitive)) {
    const slot = guided?.slots[input.name];
    const reading = (slot && readSlot(slot, input)) ?? readInput(text, input, notes);
    if (!reading) continue;
    if (!isValid(input, reading.value)) {
      const problem = findValueProblem(input, reading.value);
      notes.push(
        `You asked for ${reading.quote}: ${input.title} ${problem?.message ?? "cannot be that."} ${problem?.remedy ?? ""}`.trim(),
      );
      continue;
    }
    const sameWord = reading.quote.toLowerCase() === reading.value.toLowerCase();
    inputs[input.name] = {
      value: reading.value,
      evidence: said(reading, sameWord ? undefined : `“${reading.quote}” means ${reading.value} here.`),
    };
    text.taken.push(reading.span);
  }
  return { inputs, notes };
}
