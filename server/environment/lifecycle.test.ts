import { describe, expect, test } from "vitest";
import { environmentStates, occupyingStates } from "#db/schema/environment.ts";
import { allowedEvents, isFinal, type LifecycleEvent, lifecycle, nextState } from "./lifecycle.ts";

const events = [...new Set(environmentStates.flatMap(allowedEvents))];

describe("every pair of state and event", () => {
  test.each(environmentStates.flatMap((state) => events.map((event) => [state, event] as const)))(
    "%s on %s goes where the table says or nowhere",
    (state, event) => {
      const row: Partial<Record<string, string>> = lifecycle[state];
      const next = nextState(state, event);
      expect(next).toBe(row[event]);
      if (next) expect(environmentStates).toContain(next);
    },
  );
});

test("from every state that holds resources a way leads to ended", () => {
  const reaches = (state: (typeof environmentStates)[number], seen = new Set<string>()): boolean => {
    if (state === "ended") return true;
    seen.add(state);
    return allowedEvents(state).some((event: LifecycleEvent) => {
      const next = nextState(state, event);
      return next !== undefined && !seen.has(next) && reaches(next, seen);
    });
  };
  for (const state of ["launching", "active", "updating", "launch_failed", "ending", "leftovers"] as const)
    expect(reaches(state), state).toBe(true);
});

test("final states take no place in a quota", () => {
  for (const state of environmentStates.filter(isFinal)) expect(occupyingStates).not.toContain(state);
});
