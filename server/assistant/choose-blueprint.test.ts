import { expect, test } from "vitest";
import { quoteOf } from "./choose-blueprint.ts";

/** The spans of words of a prompt, in the given order. */
const spansOf = (prompt: string, ...words: string[]) =>
  words.map((word): [number, number] => [prompt.indexOf(word), prompt.indexOf(word) + word.length]);

test("words that stand close together are one quote, in the order of the sentence", () => {
  const prompt = "I need a web preview for two hours";
  expect(quoteOf(prompt, spansOf(prompt, "preview", "web"))).toEqual({ quote: "web preview", span: [9, 20] });
});

test("a word far behind the first does not stretch the quote over what lies between", () => {
  const prompt = "a database, please, that speaks postgres";
  expect(quoteOf(prompt, spansOf(prompt, "database", "postgres"))?.quote).toBe("database");
});

test.each(["called", "named", "Called"])("the word %j before a name is no evidence for a blueprint", (word) => {
  const prompt = `a sandbox ${word} demo`;
  expect(quoteOf(prompt, spansOf(prompt, "sandbox", word))?.quote).toBe("sandbox");
  expect(quoteOf(prompt, spansOf(prompt, word))).toBeUndefined();
});

test("nothing said gives no quote, and the spans that were given stay as they were", () => {
  expect(quoteOf("anything", [])).toBeUndefined();
  const spans = spansOf("web preview", "web", "preview");
  quoteOf("web preview", spans);
  expect(spans).toEqual([
    [0, 3],
    [4, 11],
  ]);
});
