import { expect, test } from "vitest";
import { showAllowed } from "./show-value.ts";

test.each([
  [{ max: 480 }, "duration", "at most 8 h"],
  [{ min: 2, max: 20 }, "inputs.count", "at least 2 and at most 20"],
  ["eu-west-1", "inputs.region", "eu-west-1"],
  [{ family: "t3" }, "inputs.type", '{"family":"t3"}'],
])("what would pass, %j of %s, is said as %s", (value, field, said) => {
  expect(showAllowed(value, field)).toBe(said);
});
