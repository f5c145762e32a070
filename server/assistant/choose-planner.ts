import type { LanguageModel } from "ai";
import { config } from "#server/config.ts";
import { builtInPlanner } from "./built-in-planner.ts";
import { groundProposal } from "./ground-proposal.ts";
import { configuredModel } from "./model/configured-model.ts";
import { PlannerFailed, proposeByModel } from "./model/model-planner.ts";
import type { PlanningRequest, Proposal } from "./proposal.ts";

/** A grounded proposal, who made it, and why another planner than the configured one had to. */
export type Planned = { proposal: Proposal; planner: string; fellBack: string | null };

export type GuardedPlanner = { propose(request: PlanningRequest): Promise<Planned> };

async function byRules(request: PlanningRequest, fellBack: string | null): Promise<Planned> {
  return { proposal: await builtInPlanner.propose(request), planner: builtInPlanner.name, fellBack };
}

/** A model whose every value is checked against the user's words and the catalog, with the built-in planner behind it. */
export function guardedModel(model: LanguageModel, name: string, timeoutMs: number): GuardedPlanner {
  return {
    async propose(request) {
      try {
        return {
          proposal: groundProposal(request, await proposeByModel(request, { model, timeoutMs })),
          planner: name,
          fellBack: null,
        };
      } catch (error) {
        if (!(error instanceof PlannerFailed)) throw error;
        return byRules(request, error.message);
      }
    },
  };
}

/** The rules alone, for a portal without a model and for whatever must not ask one. */
export const rulesOnly: GuardedPlanner = { propose: (request) => byRules(request, null) };

/** The planner of this installation: the configured model, or the built-in one alone. */
export function choosePlanner(): GuardedPlanner {
  const model = configuredModel();
  const { ASSISTANT_MODEL, ASSISTANT_TIMEOUT_MS } = config();
  if (!model) return rulesOnly;
  return guardedModel(model, ASSISTANT_MODEL ?? "model", ASSISTANT_TIMEOUT_MS);
}
