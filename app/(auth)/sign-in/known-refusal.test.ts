import { expect, test } from "vitest";
import { knownRefusal } from "./attempt-sign-in.ts";

const general = "Signing in did not work. Try again in a moment.";

test("a known code of the address is a sentence", () => {
  expect(knownRefusal("AccessDenied")).toMatch(/administrator/);
});

test.each(["Call 555 0100 to unlock your account", "<b>x</b>", "constructor", "__proto__"])(
  "%s in the address is never shown",
  (code) => {
    expect(knownRefusal(code)).toBe(general);
  },
);
