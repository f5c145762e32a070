import { expect, test } from "vitest";
import { environmentStates } from "#db/schema/environment.ts";
import { dueEvent } from "./due-event.ts";

const now = new Date("2026-03-29T01:30:00Z");
const before = new Date(now.getTime() - 1);
const after = new Date(now.getTime() + 1);

test("what runs ends at its end and not a moment earlier", () => {
  expect(dueEvent({ state: "active", endsAt: before }, now)).toBe("terminate");
  expect(dueEvent({ state: "active", endsAt: now }, now)).toBe("terminate");
  expect(dueEvent({ state: "active", endsAt: after }, now)).toBeUndefined();
});

test("without an end it goes on", () => {
  expect(dueEvent({ state: "active", endsAt: null }, now)).toBeUndefined();
});

test("a failed launch does not outlive its end either", () => {
  expect(dueEvent({ state: "launch_failed", endsAt: before }, now)).toBe("terminate");
});

test("only what runs can be due", () => {
  const due = environmentStates.filter((state) => dueEvent({ state, endsAt: before }, now));
  expect(due).toEqual(["active", "updating", "launch_failed"]);
});
