import { expect, test } from "vitest";
import { extendChoices } from "./extend-choices.ts";

const zone = "Europe/Stockholm";

test("on a Thursday morning the end of day and of week are offered, in the reader's zone", () => {
  const now = new Date("2026-11-19T08:00:00Z");
  const choices = extendChoices(new Date("2026-11-19T10:00:00Z"), now, zone);
  expect(choices.map(({ label, until }) => [label, until.toISOString()])).toEqual([
    ["+1 h", "2026-11-19T11:00:00.000Z"],
    ["+4 h", "2026-11-19T14:00:00.000Z"],
    ["Until today 18:00", "2026-11-19T17:00:00.000Z"],
    ["Until Friday 18:00", "2026-11-20T17:00:00.000Z"],
  ]);
});

test("nothing that is not later than the present end is offered, and nothing twice", () => {
  const now = new Date("2026-11-20T08:00:00Z");
  const labels = extendChoices(new Date("2026-11-20T16:00:00Z"), now, zone).map(({ label }) => label);
  expect(labels).toEqual(["+1 h", "+4 h"]);
});
