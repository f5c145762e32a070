import { expect, test } from "vitest";
import { listQuestion } from "./list-question.ts";
import { shownFilters } from "./shown-filters.ts";

const counted = new URLSearchParams({
  outcome: "succeeded",
  from: "2025-10-21T22:00:00.000Z",
  before: "2025-11-20T23:00:00.000Z",
});

test("the number of a report leads to the very environments it counts, and the list says so", () => {
  expect(listQuestion("payments", counted)).toEqual({
    space: "payments",
    outcome: "succeeded",
    askedFrom: "2025-10-21T22:00:00.000Z",
    askedBefore: "2025-11-20T23:00:00.000Z",
  });
  expect(shownFilters(counted, "Europe/Berlin").map(({ label }) => label)).toEqual([
    "became active",
    "asked for from Wed 22 Oct 2025",
    "asked for before Fri 21 Nov 2025",
  ]);
});

test("what a field of the page shows is not shown twice", () => {
  const filters = shownFilters(new URLSearchParams("q=web&state=over&owner=me&blueprint=web-preview"), "UTC");
  expect(filters.filter(({ hasField }) => !hasField).map(({ label }) => label)).toEqual(["blueprint: web-preview"]);
});

test("a state that no field offers is named, and nonsense narrows nothing", () => {
  expect(shownFilters(new URLSearchParams("state=launch_failed"), "UTC")).toEqual([
    { name: "state", label: "state: launch failed", hasField: false },
  ]);
  expect(shownFilters(new URLSearchParams("outcome=bogus&from=never"), "UTC")).toEqual([]);
});
