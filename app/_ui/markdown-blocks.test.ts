import { expect, test } from "vitest";
import { inlines, markdownBlocks } from "./markdown-blocks.ts";

test("headings, paragraphs, lists, code and tables are told apart", () => {
  const kinds = markdownBlocks(
    "# Title\n\nOne\nline.\n\n- a\n- b\n\n1. c\n\n```sh\nls\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |",
  );
  expect(kinds.map(({ kind }) => kind)).toEqual(["heading", "paragraph", "list", "list", "code", "table"]);
});

test("HTML stays text, and a link keeps its words but not its address", () => {
  expect(inlines('<img src=x onerror="x"> [click](javascript:alert(1)) `code` **bold**')).toEqual([
    { kind: "text", text: '<img src=x onerror="x"> ' },
    { kind: "text", text: "click" },
    { kind: "text", text: ") " },
    { kind: "code", text: "code" },
    { kind: "text", text: " " },
    { kind: "strong", text: "bold" },
  ]);
});

test("an unclosed fence ends with the text", () => {
  expect(markdownBlocks("```\nls")).toEqual([{ kind: "code", text: "ls" }]);
});
