import { expect, test } from "vitest";
import { groupRevisions } from "./group-revisions.ts";

const revision = (blueprintName: string, state: "reviewed" | "in_review") => ({ blueprintName, state });

test("one row a blueprint, its newest revision first, what waits for review on top", () => {
  const groups = groupRevisions([
    revision("web", "in_review"),
    revision("db", "reviewed"),
    revision("web", "reviewed"),
  ]);
  expect(groups.map(({ name, newest, waiting }) => [name, newest.state, waiting])).toEqual([
    ["web", "in_review", 1],
    ["db", "reviewed", 0],
  ]);
});
