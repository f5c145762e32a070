import { expect, test } from "vitest";
import { markSaid } from "./mark-said.ts";

const prompt = "a database for two hours";

test("the words that became values are marked with their fields", () => {
  const parts = markSaid(prompt, {
    blueprint: { source: "said", quote: "database", span: [2, 10] },
    duration: { source: "said", quote: "two hours", span: [15, 24] },
  });
  expect(parts).toEqual([
    { from: 0, text: "a ", fields: [] },
    { from: 2, text: "database", fields: ["blueprint"] },
    { from: 10, text: " for ", fields: [] },
    { from: 15, text: "two hours", fields: ["duration"] },
  ]);
});

test("a quote that does not stand at its span is not marked", () => {
  const parts = markSaid(prompt, { duration: { source: "said", quote: "three hours", span: [15, 24] } });
  expect(parts.every((part) => part.fields.length === 0)).toBe(true);
});
