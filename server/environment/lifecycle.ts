import type { EnvironmentState } from "#db/schema/environment.ts";

/**
 * What may follow what: state → event → next state. The only place that knows; screens ask `allowedEvents`.
 */
export const lifecycle = {
  awaiting_approval: {
    approve: "queued",
    reject: "rejected",
    withdraw: "withdrawn",
    expire: "rejected",
    supersede: "denied",
  },
  queued: { start: "launching", withdraw: "withdrawn" },
  launching: { succeed: "active", fail: "launch_failed", terminate: "ending" },
  active: { update: "updating", terminate: "ending" },
  updating: { succeed: "active", fail: "active", terminate: "ending" },
  launch_failed: { retry: "queued", terminate: "ending" },
  ending: { succeed: "ended", fail: "leftovers" },
  leftovers: { retry: "ending", forget: "ended" },
  denied: {},
  rejected: {},
  withdrawn: {},
  ended: {},
} as const satisfies Record<EnvironmentState, Partial<Record<string, EnvironmentState>>>;

type Table = typeof lifecycle;
/** Every event that some state knows. */
export type LifecycleEvent = { [State in EnvironmentState]: keyof Table[State] }[EnvironmentState];

/** The state after `event`, or undefined where the event is not allowed. */
export function nextState(state: EnvironmentState, event: LifecycleEvent): EnvironmentState | undefined {
  const row: Partial<Record<string, EnvironmentState>> = lifecycle[state];
  return row[event];
}

export function allowedEvents(state: EnvironmentState): LifecycleEvent[] {
  return Object.keys(lifecycle[state]) as LifecycleEvent[];
}

/** States in which resources may exist and cost money. */
export const billableStates = [
  "launching",
  "active",
  "updating",
  "launch_failed",
  "ending",
  "leftovers",
] as const satisfies readonly EnvironmentState[];

/** States from which nothing follows. */
export function isFinal(state: EnvironmentState): boolean {
  return allowedEvents(state).length === 0;
}
