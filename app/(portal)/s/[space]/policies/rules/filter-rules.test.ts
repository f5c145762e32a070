import { expect, test } from "vitest";
import type { ListedRule } from "#server/policy/list-rules.ts";
import { filterRules } from "./filter-rules.ts";

function rule(id: string, more: Partial<ListedRule> = {}): ListedRule {
  return {
    id,
    severity: "high",
    reason: "The database is open.",
    remedy: "Close it.",
    references: [],
    types: ["aws_db_instance"],
    policy: "aws-databases",
    policyTitle: "AWS databases",
    file: "x.rego",
    row: 1,
    enabled: true,
    ...more,
  };
}

const rules = [
  rule("aws-rds-public"),
  rule("google-sql-public", { severity: "low", types: ["google_sql"], policy: "google-data" }),
];
const found = (question: object) =>
  filterRules(rules, { text: "", severity: "", policy: "", ...question }).map(({ id }) => id);

test("rules are found by id, type and words, all of which must occur", () => {
  expect(found({})).toHaveLength(2);
  expect(found({ text: "PUBLIC google_sql" })).toEqual(["google-sql-public"]);
  expect(found({ text: "open rds" })).toEqual(["aws-rds-public"]);
  expect(found({ text: "bucket" })).toEqual([]);
});

test("severity and policy narrow them", () => {
  expect(found({ severity: "low" })).toEqual(["google-sql-public"]);
  expect(found({ policy: "aws-databases" })).toEqual(["aws-rds-public"]);
});
