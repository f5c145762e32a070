import type { Blueprint, InputDefinition } from "#server/blueprint/blueprint.ts";
import { findValueProblem } from "#server/blueprint/input-value.ts";
import type { Evidence } from "#server/decision/evidence.ts";
import { askFor, planByRules } from "./built-in-planner.ts";
import { type Filled, mostQuestions, type PlanningRequest, type Proposal, type Question } from "./proposal.ts";
import { namesOf } from "./reading/read-input.ts";
import { overlaps } from "./reading/reading.ts";
import { findPhrase, isNegated, type Word, wordsIn } from "./reading/words.ts";

const assumption = (note?: string): Evidence => ({ source: "assumption", ...(note && { note }) });

/** Where a quote really stands in the prompt; undefined when those are not the user's words. */
function placeOf(prompt: string, evidence: Evidence): { quote: string; span: [number, number] } | undefined {
  const quote = evidence.quote?.trim();
  if (!quote || quote.length > 200) return undefined;
  const start =
    evidence.span && prompt.slice(...evidence.span) === quote
      ? evidence.span[0]
      : prompt.toLowerCase().indexOf(quote.toLowerCase());
  if (start < 0) return undefined;
  const span: [number, number] = [start, start + quote.length];
  return { quote: prompt.slice(...span), span };
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Whether a quote holds a word for a value, and holds it for this: not refused, not spent on something else, no bare number. */
function supports(place: { quote: string; span: [number, number] }, filled: Filled<string>, about: About): boolean {
  const { input, prompt, byRules } = about;
  const { value } = filled;
  const label = input.allowedValues.find((choice) => choice.value === value)?.label;
  const spent = [byRules.duration, ...Object.values(byRules.inputs)].flatMap((read) =>
    read?.evidence.span ? [read.evidence.span] : [],
  );
  const words = wordsIn(place.quote);
  const isNamed = namesOf(input).some((name) => findPhrase(words, name));
  return [value, label, ...(input.valueSynonyms[value] ?? [])].some((name) => {
    if (!name || (/^(?:\d+|true|false)$/.test(name) && !isNamed)) return false;
    const found = new RegExp(`(?<![\\p{L}\\p{N}])${escaped(name)}(?![\\p{L}\\p{N}])`, "iu").exec(place.quote);
    if (!found) return false;
    const start = place.span[0] + found.index;
    const span: [number, number] = [start, start + found[0].length];
    return !isNegated(prompt, start) && !spent.some((other) => overlaps(other, span));
  });
}

type About = Checked & { input: InputDefinition };
type Checked = { prompt: string; byRules: Proposal };

/** The evidence a value really has. The rules' own reading of the same value counts; a claim that nothing bears out does not. */
function evidenceFor(input: InputDefinition, filled: Filled<string>, { prompt, byRules }: Checked): Evidence {
  const read = byRules.inputs[input.name];
  if (read?.value === filled.value) return read.evidence;
  const place = filled.evidence.source === "said" ? placeOf(prompt, filled.evidence) : undefined;
  if (place && supports(place, filled, { input, prompt, byRules })) return { source: "said", ...place };
  if (filled.value === input.default) return { source: "blueprint_default" };
  return assumption();
}

/** Whether an input takes free text, so that whatever is written there reaches people or a program as it is. */
const isProse = (input: InputDefinition) =>
  input.allowedValues.length === 0 && findValueProblem(input, "Free text; of any kind.") === null;

function isOwnText(value: string, input: InputDefinition, { prompt }: Checked): boolean {
  return value === input.default || prompt.toLowerCase().includes(value.toLowerCase());
}

function groundInputs(blueprint: Blueprint, proposal: Proposal, checked: Checked) {
  const inputs: Record<string, Filled<string>> = {};
  const notes: string[] = [];
  for (const [name, filled] of Object.entries(proposal.inputs)) {
    const input = blueprint.inputs.find((item) => item.name === name);
    if (!input || input.sensitive) continue;
    const problem = findValueProblem(input, filled.value);
    if (problem) {
      notes.push(`A value for ${input.title} was dropped: the blueprint does not take it.`);
      continue;
    }
    if (isProse(input) && !isOwnText(filled.value, input, checked)) {
      notes.push(`A text for ${input.title} was dropped: those are not your words.`);
      continue;
    }
    inputs[name] = { value: filled.value, evidence: evidenceFor(input, filled, checked) };
  }
  // What the user said outright stands, whatever a model made of it.
  for (const [name, read] of Object.entries(checked.byRules.inputs)) {
    inputs[name] = read;
  }
  return { inputs, notes };
}

/** What the rules read stands; a length that nobody said is an assumption, and never "no end". */
function groundDuration(proposal: Proposal, byRules: Proposal): Proposal["duration"] {
  if (byRules.duration) return byRules.duration;
  const value = proposal.duration?.value;
  if (value === undefined || value === null || !Number.isInteger(value) || value < 1 || value > 5_256_000) return null;
  return { value, evidence: assumption() };
}

/** What is asked about a field, in words of our own: a model only points at fields. */
function questionAbout(field: string, blueprint: Blueprint): Question | undefined {
  const input = blueprint.inputs.find((item) => !item.sensitive && `inputs.${item.name}` === field);
  if (input) return askFor(input);
  return field === "duration" ? { field, question: "How long shall it run?", choices: [] } : undefined;
}

function groundQuestions(blueprint: Blueprint, fields: readonly string[]): Question[] {
  return [...new Set(fields)].flatMap((field) => questionAbout(field, blueprint) ?? []).slice(0, mostQuestions);
}

/** A name made of words that the user or the blueprint has; other words would be a model's own message to whoever reads it. */
function groundName(prompt: string, proposal: Proposal, blueprint: Blueprint): Proposal["name"] {
  const value = proposal.name?.value.trim() ?? "";
  const known = new Set(wordsIn(`${prompt} ${blueprint.title} ${blueprint.name.replaceAll("-", " ")}`).map(textOf));
  const words = wordsIn(value.replace(/[-_.]/g, " ")).map(textOf);
  const isPlain = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,62}$/u.test(value);
  return isPlain && words.every((word) => known.has(word)) ? { value, evidence: assumption() } : null;
}

const textOf = ({ text }: Word) => text;

/**
 * Holds a model's proposal against the catalog and the user's own words. Blueprints, inputs and values that do not exist are
 * dropped; a value whose words are not in the prompt is an assumption, whatever the model says.
 */
export function groundProposal(request: PlanningRequest, proposal: Proposal): Proposal {
  const named = request.chosen ?? proposal.blueprint?.value ?? null;
  const offer = request.offers.find(({ blueprint }) => blueprint.name === named);
  const byRules = planByRules({ ...request, chosen: offer?.blueprint.name ?? request.chosen });
  if (!offer)
    return proposal.blueprint
      ? { ...byRules, notes: ["The catalog has no such blueprint as was proposed.", ...byRules.notes] }
      : byRules;
  const { blueprint } = offer;
  const free = planByRules({ ...request, chosen: null });
  const place = proposal.blueprint ? placeOf(request.prompt, proposal.blueprint.evidence) : undefined;
  const isRead = free.blueprint?.value === blueprint.name;
  const evidence: Evidence = request.chosen
    ? { source: "user_edit" }
    : isRead && free.blueprint
      ? free.blueprint.evidence
      : place
        ? { source: "assumption", note: `Chosen for “${place.quote}”.` }
        : assumption();
  const { inputs, notes } = groundInputs(blueprint, proposal, { prompt: request.prompt, byRules });
  const duration = groundDuration(proposal, byRules);
  const isOpen = (field: string) =>
    field === "duration" ? duration === null : inputs[field.replace(/^inputs\./, "")] === undefined;
  const asked = [...byRules.questions, ...proposal.questions].map(({ field }) => field).filter(isOpen);
  return {
    blueprint: { value: blueprint.name, evidence },
    name: byRules.name ?? groundName(request.prompt, proposal, blueprint),
    duration,
    inputs,
    questions: groundQuestions(blueprint, asked),
    notes: [...notes, ...byRules.notes].slice(0, 8),
  };
}
