import { tool } from "ai";
import { z } from "zod";
import type { Offer, Proposal } from "#server/assistant/proposal.ts";
import type { Blueprint } from "#server/blueprint/blueprint.ts";
import { indexCatalog, searchIndex } from "#server/blueprint/catalog/search-catalog.ts";

/** Look-ups in one talk; a model that calls hundreds at once must not keep the portal busy. */
const mostLooks = 24;
const mostListed = 40;

const quote = z.string().max(300).nullish();

/** What a model may propose; every part is checked again before anybody sees it. */
export const ProposedDraft = z.object({
  blueprint: z.object({ name: z.string().max(200), quote }).nullish(),
  name: z.string().max(80).nullish(),
  minutes: z.object({ value: z.number(), quote }).nullish(),
  inputs: z
    .array(z.object({ name: z.string().max(200), value: z.string().max(4096), quote }))
    .max(100)
    .default([]),
  questions: z
    .array(z.object({ field: z.string().max(220), question: z.string().max(300) }))
    .max(10)
    .default([]),
});
export type ProposedDraft = z.infer<typeof ProposedDraft>;

/** The part of a blueprint that a model may read: what it is for and what it asks, no secrets and nobody's data. */
function shown({ name, title, description, inputs, duration, prompts }: Blueprint) {
  return {
    name,
    title,
    description,
    duration,
    examples: prompts.map((prompt) => prompt.text),
    inputs: inputs
      .filter((input) => !input.sensitive)
      .map(({ name: input, title: label, description: about, default: usual, allowedValues }) => ({
        name: input,
        title: label,
        description: about,
        default: usual ?? null,
        allowed: allowedValues
          .map(({ value, label: text }) => (text === value ? value : `${value} (${text})`))
          .slice(0, 60),
      })),
  };
}

const said = (words: string | null | undefined) => ({ source: "said" as const, ...(words && { quote: words }) });

/** A model's draft in the form that grounding takes. */
export function toProposal(draft: ProposedDraft): Proposal {
  return {
    blueprint: draft.blueprint ? { value: draft.blueprint.name, evidence: said(draft.blueprint.quote) } : null,
    name: draft.name ? { value: draft.name, evidence: { source: "assumption" } } : null,
    duration: draft.minutes ? { value: Math.round(draft.minutes.value), evidence: said(draft.minutes.quote) } : null,
    inputs: Object.fromEntries(
      draft.inputs.map((input) => [input.name, { value: input.value, evidence: said(input.quote) }]),
    ),
    questions: draft.questions.map(({ field, question }) => ({ field, question, choices: [] })),
    notes: [],
  };
}

function indexOffers(offers: readonly Offer[]) {
  return indexCatalog(
    offers.map(({ blueprint }) => ({
      name: blueprint.name,
      thing: blueprint,
      kinds: blueprint.grains.map((grain) => grain.kind),
    })),
  );
}

/** The part of the catalog that goes along with a sentence: all of a small one, of a large one what is nearest to the words. */
export function shortlist(
  offers: readonly Offer[],
  words: string,
): Pick<Blueprint, "name" | "title" | "description">[] {
  const nearest = offers.length > mostListed ? searchIndex(indexOffers(offers), words).slice(0, mostListed) : null;
  const names = nearest && new Set(nearest.map(({ name }) => name));
  return offers
    .filter(({ blueprint }) => names === null || names.has(blueprint.name))
    .map(({ blueprint: { name, title, description } }) => ({ name, title, description }));
}

/** Read-only tools and the one that ends the talk. None of them changes anything. */
export function planningTools(offers: readonly Offer[]) {
  let left = mostLooks;
  const spent = { error: "No more look-ups: propose now." };
  const byName = new Map(offers.map(({ blueprint }) => [blueprint.name, blueprint]));
  const index = indexOffers(offers);
  return {
    search_catalog: tool({
      description: "Finds blueprints by words. Returns name, title and description.",
      inputSchema: z.object({ words: z.string().max(200) }),
      execute: async ({ words }) =>
        left-- > 0
          ? searchIndex(index, words)
              .slice(0, 8)
              .flatMap(({ name }) => byName.get(name) ?? [])
              .map(({ name, title, description }) => ({ name, title, description }))
          : spent,
    }),
    describe_blueprint: tool({
      description: "What a blueprint asks for: its inputs with allowed values and defaults.",
      inputSchema: z.object({ name: z.string().max(200) }),
      execute: async ({ name }) => {
        if (left-- <= 0) return spent;
        const blueprint = byName.get(name);
        return blueprint ? shown(blueprint) : { error: "The catalog has no such blueprint." };
      },
    }),
    propose_draft: tool({
      description: "Gives the filled draft. Call it once, at the end.",
      inputSchema: ProposedDraft,
      execute: async () => "Taken; it is checked now.",
    }),
  };
}
