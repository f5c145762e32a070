import { describe, expect, test } from "vitest";
import { driftStanding } from "./drift-standing.ts";

const at = new Date("2026-03-02T09:00:00Z");
const drift = { everyMinutes: 60, isChecking: false, stale: null, accepted: null, isAcceptable: false } as const;
const checked = { state: "active", driftState: "clean", driftCheckedAt: at, drift } as const;

describe("what the drift tab says", () => {
  test.each([
    ["Never checked", { ...checked, driftState: "unknown", driftCheckedAt: null }],
    ["Checking now", { ...checked, drift: { ...drift, isChecking: true } }],
    ["It could not be checked", { ...checked, driftState: "unknown" }],
    ["Not checked since it was last changed", { ...checked, drift: { ...drift, stale: "changed" } }],
    ["Not checked for too long", { ...checked, drift: { ...drift, stale: "late" } }],
    ["2 fields differ from what was applied", { ...checked, driftState: "drifted" }],
    ["No drift at the last check", checked],
  ] as const)("%s", (title, environment) => {
    expect(driftStanding(environment, 2).title).toBe(title);
  });

  test("says when the schedule looks", () => {
    const never = { ...checked, driftCheckedAt: null };
    const every = (everyMinutes: number) => driftStanding({ ...never, drift: { ...drift, everyMinutes } }, 0).hint;
    expect(every(60)).toContain("every hour,");
    expect(every(120)).toContain("every 2 hours,");
    expect(every(15)).toContain("every 15 minutes,");
    expect(every(0)).toContain("Nothing is checked by schedule");
  });
});
