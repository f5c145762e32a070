import { expect, test } from "vitest";
import { readPlan } from "#server/plan/read-plan.ts";
import { findingsIn } from "./drift-findings.ts";

/** A refresh that finds a database with these attributes where it was known with those. */
function refresh(before: object, after: object) {
  const change = { actions: ["update"], before, after };
  const database = { address: "aws_db_instance.main", mode: "managed", type: "aws_db_instance", name: "main", change };
  return readPlan(JSON.stringify({ format_version: "1.2", resource_changes: [], resource_drift: [database] }));
}
const noon = { latest_restorable_time: "2026-01-05T12:00:00Z", instance_class: "db.t4g.medium" };

test("a database that could be restored to a later moment has not drifted", () => {
  expect(findingsIn(refresh(noon, { ...noon, latest_restorable_time: "2026-01-05T12:05:00Z" }))).toEqual([]);
});

test("what was changed beside it has", () => {
  const changed = { latest_restorable_time: "2026-01-05T12:05:00Z", instance_class: "db.m6g.large" };
  expect(findingsIn(refresh(noon, changed))).toEqual([
    {
      address: "aws_db_instance.main",
      field: "instance_class",
      expected: "db.t4g.medium",
      actual: "db.m6g.large",
      gone: false,
    },
  ]);
});
