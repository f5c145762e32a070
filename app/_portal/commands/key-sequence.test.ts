import { expect, test } from "vitest";
import { createKeySequence } from "./key-sequence.ts";

const commands = [
  { id: "environments", label: "", group: "", keys: "g e", run: () => {} },
  { id: "extend", label: "", group: "", keys: "e", run: () => {} },
];

test("g then e goes to environments, e alone extends", () => {
  const press = createKeySequence();
  expect(press("g", 0, commands)).toEqual({ run: undefined, pending: "g" });
  expect(press("e", 500, commands).run?.id).toBe("environments");
  expect(press("e", 600, commands).run?.id).toBe("extend");
});

test("after more than a second the first key is forgotten", () => {
  const press = createKeySequence();
  press("g", 0, commands);
  expect(press("e", 1500, commands).run?.id).toBe("extend");
});

test("a key nobody wants ends the sequence", () => {
  const press = createKeySequence();
  press("g", 0, commands);
  expect(press("z", 100, commands)).toEqual({ run: undefined, pending: "" });
  expect(press("e", 200, commands).run?.id).toBe("extend");
});
