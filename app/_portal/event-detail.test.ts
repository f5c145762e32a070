import { expect, test } from "vitest";
import { eventDetail } from "./event-detail.ts";

test.each([
  ["environment.moved", { from: "queued", to: "launching" }, "Queued → Launching"],
  ["environment.moved", { from: null, to: "awaiting_approval" }, "Waiting for approval"],
  ["approval.voted", { vote: "reject", reason: "too large" }, "rejected: too large"],
  ["approval.settled", { state: "superseded", cause: "the plan changed" }, "superseded: the plan changed"],
  ["run.step_failed", { grain: "db", error: "exit 1" }, "db: exit 1"],
  ["settings.changed", {}, ""],
])("%s with %j says %j", (action, data, said) => {
  expect(eventDetail(action, data)).toBe(said);
});
