import { describe, expect, test } from "vitest";
import { actionsLike, parseSearchLine, searchKeys } from "./search-line.ts";
import { parseMoment } from "./search-moment.ts";

const now = new Date("2026-10-15T10:30:00.000Z");
const read = (line: string) => parseSearchLine(line, now);
const tokensOf = (line: string) => {
  const { tokens, problems } = read(line);
  expect(problems).toEqual([]);
  return tokens.map(({ key, value, negated }) => `${negated ? "-" : ""}${key}=${value}`);
};

describe("a line that is understood", () => {
  test("has typed parts, negated ones, phrases and words", () => {
    const line = 'actor:maria via:mcp action:approval.* target:env-77 -actor:scheduler "public bucket" overdue';
    expect(tokensOf(line)).toEqual([
      "actor=maria",
      "via=mcp",
      "action=approval.*",
      "target=env-77",
      "-actor=scheduler",
      "text=public bucket",
      "text=overdue",
    ]);
  });

  test("may quote values, write keys in capitals and repeat them", () => {
    expect(tokensOf('Actor:"Maya Fischer" OUTCOME:denied outcome:failed')).toEqual([
      "actor=Maya Fischer",
      "outcome=denied",
      "outcome=failed",
    ]);
  });

  test("gives the place of each part", () => {
    expect(read("  via:ui  x").tokens.map(({ from, to }) => [from, to])).toEqual([
      [2, 8],
      [10, 11],
    ]);
  });

  test("may be empty", () => {
    expect(read("   ")).toEqual({ tokens: [], problems: [] });
  });

  test.each(Object.values(searchKeys).map(({ example }) => example))("the example %s is one", (example) => {
    expect(read(example).problems).toEqual([]);
  });
});

test.each([
  ["user:maya", "user:maya", "is not a word of the search"],
  ["http://x.example/a", "http://x.example/a", "is not a word of the search"],
  ["via:carrier-pigeon", "via:carrier-pigeon", 'no way in "carrier-pigeon"'],
  ["outcome:maybe", "outcome:maybe", 'no outcome "maybe"'],
  ["action:approval.eaten", "action:approval.eaten", 'no action "approval.eaten"'],
  ["action:*.voted", "action:*.voted", "only stand at the end"],
  ["via:u*", "via:u*", "only stand at the end"],
  ["actor:", "actor:", "needs a value"],
  ["since:sometime", "since:sometime", "is not a date or time"],
  ["until:2026-02-30", "until:2026-02-30", "is not a date or time"],
  ["seq:abc", "seq:abc", "not a number"],
  ['say "public bucket', '"public bucket', "never closed"],
  ['target:"a"b', 'target:"a"b', "follows the closing quotation mark"],
  ["fine -!!!", "-!!!", "no word to look for"],
])("in %s the part %s is reported, not ignored", (line, text, message) => {
  const { problems } = read(line);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.text).toBe(text);
  expect(line.slice(problems[0]?.from, problems[0]?.to)).toBe(text);
  expect(problems[0]?.message).toContain(message);
  expect(problems[0]?.remedy).not.toBe("");
});

test("an unknown action is answered with near ones", () => {
  expect(read("action:approval.vote").problems[0]?.remedy).toContain("approval.voted");
});

test("a line of hostile length is refused before it is read", () => {
  expect(read("a:".repeat(500_000)).problems.at(-1)?.message).toContain("too long");
});

test("a star stands for all actions that begin so", () => {
  expect(actionsLike("approval.*")).toEqual(["approval.opened", "approval.voted", "approval.settled"]);
  expect(actionsLike("approval.voted")).toEqual(["approval.voted"]);
});

test.each([
  ["2026-10-01", "since", "2026-10-01T00:00:00.000Z"],
  ["2026-10-01", "until", "2026-10-02T00:00:00.000Z"],
  ["2026-10-01T14:30", "since", "2026-10-01T14:30:00.000Z"],
  ["2026-10-01T14:30+02:00", "until", "2026-10-01T12:30:00.000Z"],
  ["now", "until", "2026-10-15T10:30:00.000Z"],
  ["today", "since", "2026-10-15T00:00:00.000Z"],
  ["yesterday", "until", "2026-10-15T00:00:00.000Z"],
  ["90m", "since", "2026-10-15T09:00:00.000Z"],
  ["-7d", "since", "2026-10-08T10:30:00.000Z"],
  ["2w", "since", "2026-10-01T10:30:00.000Z"],
] as const)("%s as %s is %s", (word, bound, moment) => {
  expect(parseMoment(word, now, bound)?.toISOString()).toBe(moment);
});
