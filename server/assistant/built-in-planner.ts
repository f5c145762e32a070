import type { Blueprint, InputDefinition } from "#server/blueprint/blueprint.ts";
import type { Evidence } from "#server/decision/evidence.ts";
import { type Choice, chooseBlueprint, type Match, quoteOf } from "./choose-blueprint.ts";
import { fillInputs } from "./fill-inputs.ts";
import {
  type Filled,
  mostQuestions,
  type PastLaunch,
  type Planner,
  type PlanningRequest,
  type Proposal,
  type Question,
} from "./proposal.ts";
import { readDuration, readEndless } from "./reading/read-duration.ts";
import { readErrand } from "./reading/read-errand.ts";
import { readName } from "./reading/read-name.ts";
import type { Reading } from "./reading/reading.ts";

const nothing: Proposal = { blueprint: null, name: null, duration: null, inputs: {}, questions: [], notes: [] };
const again =
  /\b(?:same\s+(?:as|like)\s+(?:last\s+time|before)|like\s+last\s+time|as\s+last\s+time|the\s+usual|once\s+more)\b/iu;

const said = ({ quote, span }: Reading<unknown>): Evidence => ({ source: "said", quote, span });

function ofMatch(prompt: string, match: Match): Filled<string> {
  const words = quoteOf(prompt, match.spans);
  const evidence: Evidence = words ? { source: "said", ...words } : { source: "assumption" };
  return { value: match.offer.blueprint.name, evidence };
}

function whichOne(choice: Extract<Choice, { kind: "which" }>): Question {
  const choices = choice.matches.map(({ offer: { blueprint } }) => ({ value: blueprint.name, label: blueprint.title }));
  return { field: "blueprint", question: "Several blueprints fit. Which one do you mean?", choices };
}

function durationOf(
  { prompt }: PlanningRequest,
  reading: Reading<number> | undefined,
  isAlwaysOn: boolean,
): Filled<number | null> | null {
  const endless = isAlwaysOn ? readEndless(prompt) : undefined;
  if (endless) return { value: null, evidence: said(endless) };
  return reading ? { value: reading.value, evidence: said(reading) } : null;
}

/** Asks for what has no default and was not said; secrets are left to the form. */
function questionsFor(blueprint: Blueprint, filled: Record<string, Filled<string>>): Question[] {
  return blueprint.inputs
    .filter((input) => input.default === undefined && filled[input.name] === undefined && !input.sensitive)
    .slice(0, mostQuestions)
    .map(askFor);
}

/** A question for one input, with the reviewed blueprint's own words and choices. */
export function askFor({ name, title, description, allowedValues }: InputDefinition): Question {
  return { field: `inputs.${name}`, question: `${title}? ${description}`.trim(), choices: allowedValues };
}

function fromPast(past: PastLaunch, blueprint: Blueprint): Record<string, Filled<string>> {
  const known = blueprint.inputs.filter((input) => !input.sensitive && past.inputs[input.name] !== undefined);
  return Object.fromEntries(
    known.map(({ name }) => [
      name,
      { value: past.inputs[name] ?? "", evidence: { source: "last_launch" as const, reference: past.ref } },
    ]),
  );
}

function fill(request: PlanningRequest, blueprint: Blueprint, chosen: Filled<string>): Proposal {
  const { prompt, past } = request;
  const name = readName(prompt);
  const read = fillInputs(prompt, blueprint, request);
  const duration = durationOf(request, read.duration, blueprint.duration.alwaysOn);
  const last = again.test(prompt) ? past.find((launch) => launch.blueprintName === blueprint.name) : undefined;
  const inputs = { ...(last ? fromPast(last, blueprint) : {}), ...read.inputs };
  const keptDuration =
    duration ??
    (last ? { value: last.durationMinutes, evidence: { source: "last_launch" as const, reference: last.ref } } : null);
  const isInput = Object.values(inputs).some(
    (input) => input.evidence.span && name && input.evidence.span[0] === name.span[0],
  );
  return {
    blueprint: chosen,
    name: name && !isInput ? { value: name.value, evidence: said(name) } : null,
    duration: keptDuration,
    inputs,
    questions: questionsFor(blueprint, inputs),
    notes: read.notes,
  };
}

/**
 * Plans without a model: search over the catalog, then typed slot filling with the words that say each value. Deterministic, and
 * says that no blueprint fits rather than guess.
 */
export function planByRules(request: PlanningRequest): Proposal {
  const { prompt, offers } = request;
  const kept = offers.find(({ blueprint }) => blueprint.name === request.chosen);
  const errand = kept ? undefined : readErrand(prompt);
  if (errand) return { ...nothing, notes: [errand] };
  if (kept) return fill(request, kept.blueprint, { value: kept.blueprint.name, evidence: { source: "user_edit" } });
  const last = again.test(prompt)
    ? offers.find(({ blueprint }) => blueprint.name === request.past[0]?.blueprintName)
    : undefined;
  const choice = chooseBlueprint(prompt, offers);
  if (choice.kind === "fits") {
    const proposal = fill(request, choice.match.offer.blueprint, ofMatch(prompt, choice.match));
    return {
      ...proposal,
      notes: [...choice.uncovered.map((product) => `Nothing in this blueprint covers ${product}.`), ...proposal.notes],
    };
  }
  if (last)
    return fill(request, last.blueprint, {
      value: last.blueprint.name,
      evidence: { source: "last_launch", reference: request.past[0]?.ref ?? "" },
    });
  const duration = durationOf(request, readDuration(prompt, request), false);
  if (choice.kind === "which") return { ...nothing, duration, questions: [whichOne(choice)] };
  return {
    ...nothing,
    duration,
    notes: ["No blueprint of this catalog fits what you describe. Try other words, or choose one from the catalog."],
  };
}

export const builtInPlanner: Planner = {
  name: "built-in",
  propose: async (request) => planByRules(request),
};
