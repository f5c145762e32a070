import { expect, test } from "vitest";
import { jsonText } from "./json.ts";
import { JsonError, parseJson } from "./parse-json.ts";

test.each([
  ' {"b" : [1.10, 1e2, -0, 12345678901234567890], "a": {"x": null, "y": [true, false]} } ',
  '"\\u00e9\\n\\ud83d\\ude00 plain"',
  "[]",
  "{}",
  '[[],{},""]',
])("reads %s as JSON.parse does", (text) => {
  expect(JSON.parse(jsonText(parseJson(text)))).toEqual(JSON.parse(text.replace("-0", "0")));
});

test("every digit is kept", () => {
  expect(jsonText(parseJson("[1.10, 28857836529306024611913, 1E5]"))).toBe("[1.10,28857836529306024611913,1E5]");
});

test.each(["", "{", "[1,]", '{"a" 1}', "01", "tru", '"\n"', '"\\x"', "[1] 2", "{a: 1}", '"open', "1.", "-"])(
  "refuses %j",
  (text) => {
    expect(() => parseJson(text)).toThrow(JsonError);
  },
);

test("nesting has an end", () => {
  expect(() => parseJson("[".repeat(100_000))).toThrow("exceeded max depth");
});
