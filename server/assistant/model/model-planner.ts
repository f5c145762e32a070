import {
  APICallError,
  generateText,
  hasToolCall,
  type LanguageModel,
  NoObjectGeneratedError,
  RetryError,
  stepCountIs,
} from "ai";
import type { PlanningRequest, Proposal } from "#server/assistant/proposal.ts";
import { instructions } from "./instructions.ts";
import { ProposedDraft, planningTools, toProposal } from "./planning-tools.ts";

const mostSteps = 6;
const mostTokens = 1500;
const longestAnswer = 20_000;

/** Why a model's answer could not be used, as a sentence for the page. */
export class PlannerFailed extends Error {}

/** A draft in the text of a model that writes JSON instead of calling the tool. */
function draftInText(text: string): Proposal | undefined {
  const json = /\{[\s\S]*\}/.exec(text.slice(0, longestAnswer))?.[0];
  if (!json) return undefined;
  try {
    const parsed = ProposedDraft.safeParse(JSON.parse(json));
    return parsed.success ? toProposal(parsed.data) : undefined;
  } catch {
    return undefined;
  }
}

function sentenceFor(error: unknown, timeoutMs: number): string {
  const cause = RetryError.isInstance(error) ? error.lastError : error;
  if (cause instanceof Error && (cause.name === "TimeoutError" || cause.name === "AbortError"))
    return `The model did not answer within ${Math.round(timeoutMs / 1000)} s.`;
  if (APICallError.isInstance(cause)) {
    if (cause.statusCode === 401 || cause.statusCode === 403) return "The model's provider refused the configured key.";
    if (cause.statusCode === 429) return "The model's provider is over its limit just now.";
    return cause.statusCode
      ? `The model's provider answered ${cause.statusCode}.`
      : "The model's provider cannot be reached.";
  }
  if (NoObjectGeneratedError.isInstance(cause)) return "The model's answer was not usable.";
  return "The model could not be used.";
}

type Asked = { model: LanguageModel; timeoutMs: number };

/**
 * Asks a model for a proposal, within a time, a number of steps and of tokens. Throws `PlannerFailed` with a sentence for the
 * page. The model sees the prompt and the catalog, and nothing of this space's people, secrets or policies.
 */
export async function proposeByModel(request: PlanningRequest, { model, timeoutMs }: Asked): Promise<Proposal> {
  const tools = planningTools(request.offers);
  const catalog = request.offers.map(({ blueprint: { name, title, description } }) => ({ name, title, description }));
  const material = {
    sentence: request.prompt,
    chosen_blueprint: request.chosen,
    now: request.now.toISOString(),
    time_zone: request.timeZone,
    catalog,
  };
  try {
    const result = await generateText({
      model,
      tools,
      system: instructions,
      prompt: JSON.stringify(material),
      stopWhen: [hasToolCall("propose_draft"), stepCountIs(mostSteps)],
      maxOutputTokens: mostTokens,
      maxRetries: 1,
      abortSignal: AbortSignal.timeout(timeoutMs),
    });
    const call = result.toolCalls.find(({ toolName }) => toolName === "propose_draft");
    const parsed = call ? ProposedDraft.safeParse(call.input) : undefined;
    const proposal = parsed?.success ? toProposal(parsed.data) : draftInText(result.text);
    if (!proposal) throw new PlannerFailed("The model's answer was not usable.");
    return proposal;
  } catch (error) {
    if (error instanceof PlannerFailed) throw error;
    throw new PlannerFailed(sentenceFor(error, timeoutMs));
  }
}
