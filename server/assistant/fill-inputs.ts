import type { Blueprint } from "#server/blueprint/blueprint.ts";
import { findValueProblem } from "#server/blueprint/input-value.ts";
import type { Evidence } from "#server/decision/evidence.ts";
import { matchPrompt } from "./match-prompt.ts";
import type { Filled } from "./proposal.ts";
import type { Clock } from "./reading/instant.ts";
import { readDuration } from "./reading/read-duration.ts";
import { isValid, readInput, readSlot, readTimed, type Text } from "./reading/read-input.ts";
import { type Reading, readingAt } from "./reading/reading.ts";
import { wordsIn } from "./reading/words.ts";

/** What was read for a blueprint's inputs and its duration, and what was asked for and cannot be had. */
export type FilledInputs = {
  inputs: Record<string, Filled<string>>;
  duration: Reading<number> | undefined;
  notes: string[];
};

const said = ({ quote, span }: Reading<unknown>, note?: string): Evidence => ({
  source: "said",
  quote,
  span,
  ...(note && { note }),
});

function filledOf(reading: Reading<string>): Filled<string> {
  const isSameWord = reading.quote.toLowerCase() === reading.value.toLowerCase();
  const note = isSameWord ? undefined : `“${reading.quote}” means ${reading.value} here.`;
  return { value: reading.value, evidence: said(reading, note) };
}

/** The duration, first from the reviewed prompt's slot, then from words that do not belong to an input counted in time. */
function durationIn(text: Text, blueprint: Blueprint, { clock, slot }: { clock: Clock; slot?: Reading<string> }) {
  const guided = slot && readDuration(slot.quote, clock);
  if (guided)
    return readingAt(text.prompt, guided.value, [slot.span[0] + guided.span[0], slot.span[0] + guided.span[1]]);
  const timed = blueprint.inputs.flatMap((input) => {
    const reading = readTimed(text, input);
    return reading ? [reading.span] : [];
  });
  return readDuration(text.prompt, clock, timed);
}

/**
 * Reads a prompt for the inputs of one blueprint: a reviewed prompt's slots first, then each input by its meaning. Sensitive
 * inputs are never filled from a sentence.
 */
export function fillInputs(prompt: string, blueprint: Blueprint, clock: Clock): FilledInputs {
  const text: Text = { prompt, words: wordsIn(prompt), taken: [] };
  const inputs: Record<string, Filled<string>> = {};
  const notes: string[] = [];
  const guided = matchPrompt(prompt, blueprint);
  const slotted = guided?.slots.duration;
  const duration = durationIn(text, blueprint, { clock, ...(slotted && { slot: slotted }) });
  if (duration) text.taken.push(duration.span);
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
    inputs[input.name] = filledOf(reading);
    text.taken.push(reading.span);
  }
  return { inputs, duration, notes };
}
