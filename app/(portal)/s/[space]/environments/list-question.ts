import { type Params, readParam, readParts } from "#app/_ui/read-params.ts";
import type { EnvironmentState, LaunchOutcome } from "#db/schema/environment.ts";

/** Every state, in the order of a life. */
const states = [
  "awaiting_approval",
  "queued",
  "launching",
  "active",
  "updating",
  "ending",
  "leftovers",
  "launch_failed",
  "ended",
  "denied",
  "rejected",
  "withdrawn",
] as const satisfies readonly EnvironmentState[];

/** Named groups of states, as the filter offers them. */
export const stateGroups = [
  { value: "", label: "All" },
  { value: "current", label: "Current" },
  { value: "active", label: "Active" },
  { value: "awaiting_approval", label: "Waiting" },
  { value: "trouble", label: "In trouble" },
  { value: "over", label: "Over" },
] as const;

const members: Record<string, EnvironmentState[]> = {
  current: ["awaiting_approval", "queued", "launching", "active", "updating", "ending", "leftovers", "launch_failed"],
  trouble: ["launch_failed", "leftovers"],
  over: ["ended", "denied", "rejected", "withdrawn"],
};

const sorts = ["created", "ends", "-cost"] as const;

/** What became of a launch, as the report counts it. */
export const outcomeWords = {
  succeeded: "became active",
  failed: "failed",
  denied: "denied",
  rejected: "rejected",
  withdrawn: "withdrawn",
  waiting: "still waiting",
} as const satisfies Record<LaunchOutcome, string>;

function readInstant(params: Params, name: string): string | null {
  const at = Date.parse(readParam(params, name));
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

/** What the address of the list asks the server. The page and the list read it the same way. */
export function listQuestion(space: string, params: Params) {
  const state = readParam(params, "state");
  const chosen = members[state] ?? readParts(params, "state", states);
  const text = readParam(params, "q");
  const blueprint = readParam(params, "blueprint");
  const sort = sorts.find((each) => each === readParam(params, "sort"));
  const outcome = (Object.keys(outcomeWords) as LaunchOutcome[]).find((each) => each === readParam(params, "outcome"));
  const askedFrom = readInstant(params, "from");
  const askedBefore = readInstant(params, "before");
  return {
    space,
    ...(chosen.length > 0 ? { state: chosen } : {}),
    ...(text ? { text } : {}),
    ...(blueprint ? { blueprint } : {}),
    ...(readParam(params, "owner") === "me" ? { owner: "me" as const } : {}),
    ...(outcome ? { outcome } : {}),
    ...(askedFrom ? { askedFrom } : {}),
    ...(askedBefore ? { askedBefore } : {}),
    ...(sort ? { sort } : {}),
  };
}
