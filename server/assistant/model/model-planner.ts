import {
  APICallError,
  generateText,
  hasToolCall,
  JSONParseError,
  type LanguageModel,
  RetryError,
  stepCountIs,
} from "ai";
import type { PlanningRequest, Proposal } from "#server/assistant/proposal.ts";
import { withDeadline } from "#server/with-deadline.ts";
import { AnswerTooLong } from "./bounded-fetch.ts";
import { instructions } from "./instructions.ts";
import { maskSecrets } from "./mask-secrets.ts";
import { ProposedDraft, planningTools, shortlist, toProposal } from "./planning-tools.ts";

globalThis.AI_SDK_LOG_WARNINGS = false;

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

/** An error with everything that caused it, the outermost first. */
function causesOf(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let cause = error; cause !== undefined && cause !== null && chain.length < 8; ) {
    chain.push(cause);
    cause = RetryError.isInstance(cause) ? cause.lastError : (cause as { cause?: unknown }).cause;
  }
  return chain;
}

function sentenceOfStatus({ statusCode, responseHeaders }: APICallError): string {
  if (statusCode === 401 || statusCode === 403) return "The model's provider refused the configured key.";
  if (statusCode !== 429) return `The model's provider answered ${statusCode}.`;
  const seconds = Number(responseHeaders?.["retry-after"]);
  const wait = seconds > 0 && seconds < 86_400 ? `; it asks to wait ${Math.ceil(seconds)} s` : "";
  return `The model's provider is over its limit just now${wait}.`;
}

function sentenceFor(error: unknown, timeoutMs: number): string {
  const causes = causesOf(error);
  const isNamed = (name: string) => causes.some((cause) => cause instanceof Error && cause.name === name);
  if (isNamed("TimeoutError") || isNamed("AbortError"))
    return `The model did not answer within ${Math.max(1, Math.round(timeoutMs / 1000))} s.`;
  if (causes.some((cause) => cause instanceof AnswerTooLong)) return "The model's answer was longer than is read.";
  const call = causes.find((cause) => APICallError.isInstance(cause));
  if (call?.statusCode !== undefined && call.statusCode >= 300) return sentenceOfStatus(call);
  if (call?.statusCode !== undefined || causes.some((cause) => JSONParseError.isInstance(cause)))
    return "The model's answer was not usable.";
  return call ? "The model's provider cannot be reached." : "The model could not be used.";
}

type Asked = { model: LanguageModel; timeoutMs: number };

/**
 * Asks a model for a proposal, within a time, a number of steps and of tokens. Throws `PlannerFailed` with a sentence for the
 * page. The model sees the prompt and the catalog, and nothing of this space's people, secrets or policies.
 */
export async function proposeByModel(request: PlanningRequest, { model, timeoutMs }: Asked): Promise<Proposal> {
  const tools = planningTools(request.offers);
  const material = {
    sentence: maskSecrets(request.prompt),
    chosen_blueprint: request.chosen,
    now: request.now.toISOString(),
    time_zone: request.timeZone,
    catalog: shortlist(request.offers, request.prompt),
  };
  try {
    const result = await withDeadline(timeoutMs, (abortSignal) =>
      generateText({
        model,
        tools,
        system: instructions,
        prompt: JSON.stringify(material),
        stopWhen: [hasToolCall("propose_draft"), stepCountIs(mostSteps)],
        maxOutputTokens: mostTokens,
        // The built-in planner answers at once; nobody waits for a second try.
        maxRetries: 0,
        abortSignal,
      }),
    );
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
