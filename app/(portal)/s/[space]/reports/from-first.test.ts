import { expect, test } from "vitest";
import { fromFirst } from "./from-first.ts";

const days = (...counts: number[]) => fromFirst(counts, (count) => count > 0);

test("a chart begins with the first day that has something", () => {
  expect(days(0, 0, 3, 0, 0, 0, 0, 0, 0, 1)).toEqual([3, 0, 0, 0, 0, 0, 0, 1]);
});

test("a chart shows a week at least, where the period has one", () => {
  expect(days(0, 0, 0, 0, 0, 0, 0, 0, 2)).toHaveLength(7);
  expect(days(0, 0, 2)).toEqual([0, 0, 2]);
});
