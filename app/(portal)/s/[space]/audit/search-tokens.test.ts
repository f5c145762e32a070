import { expect, test } from "vitest";
import { addToken, hasToken, toggleToken } from "./search-tokens.ts";

test("a facet is chosen and given up again, other words stay", () => {
  const chosen = toggleToken("bucket", "outcome", "denied");
  expect(chosen).toBe("bucket outcome:denied");
  expect(hasToken(chosen, "outcome", "denied")).toBe(true);
  expect(toggleToken(chosen, "outcome", "denied")).toBe("bucket");
});

test("a value with blanks is quoted", () => {
  expect(toggleToken("", "actor", "Maya Fischer")).toBe('actor:"Maya Fischer"');
  expect(toggleToken('actor:"Maya Fischer"', "actor", "Maya Fischer")).toBe("");
});

test("the same token is not added twice", () => {
  expect(addToken("since:7d", "since:7d")).toBe("since:7d");
});
