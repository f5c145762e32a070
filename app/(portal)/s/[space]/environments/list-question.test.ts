import { expect, test } from "vitest";
import { listQuestion } from "./list-question.ts";

test("an empty address asks for everything in the space", () => {
  expect(listQuestion("payments", new URLSearchParams())).toEqual({ space: "payments" });
});

test("a named group of states becomes its states", () => {
  expect(listQuestion("payments", { state: "trouble" })).toEqual({
    space: "payments",
    state: ["launch_failed", "leftovers"],
  });
});

test("unknown states and sorts are not passed on", () => {
  expect(listQuestion("payments", new URLSearchParams("state=active,bogus&sort=random&owner=me&q=db"))).toEqual({
    space: "payments",
    state: ["active"],
    owner: "me",
    text: "db",
  });
});

test("the server and the browser read the same address alike", () => {
  const query = "state=current&blueprint=web-preview&sort=ends";
  expect(listQuestion("p", Object.fromEntries(new URLSearchParams(query)))).toEqual(
    listQuestion("p", new URLSearchParams(query)),
  );
});
