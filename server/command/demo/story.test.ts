import { expect, test } from "vitest";
import { tellStory } from "./story.ts";

const today = new Date("2026-11-20T00:00:00Z");
const story = tellStory(today, 34);

test.each(["payments", "data-platform"] as const)("%s has seen every way a request can end", (space) => {
  const acts = story.filter((chapter) => chapter.space === space).flatMap(({ later = [] }) => later);
  expect(new Set(acts.map(({ act }) => act))).toEqual(
    new Set(
      space === "payments"
        ? ["approve", "reject", "withdraw", "limits", "end"]
        : ["approve", "reject", "withdraw", "limits"],
    ),
  );
});

test("whoever decides took no part in asking", () => {
  for (const { who, later = [] } of story)
    for (const { act, by } of later) if (act === "approve" || act === "reject") expect(by).not.toBe(who);
});

test("two fresh starts on one day tell the same story, and no name twice in a space", () => {
  expect(tellStory(today, 34)).toEqual(story);
  const names = story.map(({ space, name }) => `${space} ${name}`);
  expect(new Set(names).size).toBe(names.length);
});
