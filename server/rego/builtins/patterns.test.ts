import { expect, test } from "vitest";
import { call, testContext } from "./testing/call.ts";

test.each([
  ["regex.match", '["^[a-z]+\\\\[[0-9]+\\\\]$", "adam[23]"]', "true"],
  ["regex.match", '["[", "x"]', "eval_builtin_error: regex.match: error parsing regexp: missing closing ]: `[`"],
  ["regex.is_valid", '["(?=a)"]', "false"],
  ["regex.is_valid", "[1]", "false"],
  ["regex.find_n", '["a.", "paranormal", -1]', '["ar","an","al"]'],
  ["regex.find_n", '["a.", "paranormal", 0]', "[]"],
  ["regex.find_n", '["a*", "baaac", -1]', '["","aaa",""]'],
  ["regex.find_n", '["^a.", "abacad", -1]', '["ab"]'],
  [
    "regex.find_all_string_submatch_n",
    '["a(x*)b(y|z)?c", "-axxxbyc-abzc-", -1]',
    '[["axxxbyc","xxx","y"],["abzc","","z"]]',
  ],
  ["regex.replace", '["-wy-wxxy-", "w(x*)y", "0"]', '"-0-0-"'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a group's name in a replacement.
  ["regex.replace", '["foo", "(foo)", "$1${1}$1x$$"]', '"foofoo$"'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a group's name in a replacement.
  ["regex.replace", '["John Doe", "(?P<first>\\\\w+) (?P<last>\\\\w+)", "$last ${first}"]', '"Doe John"'],
  ["regex.replace", '["abc", "x*", "-"]', '"-a-b-c-"'],
  ["regex.split", '["a", "banana"]', '["b","n","n",""]'],
  ["regex.split", '["", "ab"]', '["a","b"]'],
  ["regex.template_match", '["urn:foo:{.*}", "urn:foo:bar:baz", "{", "}"]', "true"],
  [
    "regex.template_match",
    '["urn:foo:{.*", "x", "{", "}"]',
    'eval_builtin_error: regex.template_match: unbalanced braces in "urn:foo:{.*"',
  ],
  ["regex.globs_match", '["a.a.[0-9]+z", ".b.b2359825792*594823z"]', "true"],
  ["regex.globs_match", '["[a-z]+", "[0-9]*"]', "false"],
  [
    "regex.globs_match",
    '["pqrs]", "[a-b]+"]',
    "eval_builtin_error: regex.globs_match: input:pqrs], pos:5, set-close ']' with no preceding '[': the input provided is invalid",
  ],
  ["glob.match", '["*.github.com", ["."], "api.github.com"]', "true"],
  ["glob.match", '["*.github.com", ["."], "api.cdn.github.com"]', "false"],
  ["glob.match", '["api.**.com", ["."], "api.cdn.github.com"]', "true"],
  ["glob.match", '["*", [], "foo.bar"]', "false"],
  ["glob.match", '["*", null, "foo.bar"]', "true"],
  ["glob.match", '["*:*:?", [":"], "a:b:c"]', "true"],
  ["glob.match", '["[!a-c]at", [], "fat"]', "true"],
  ["glob.match", '["{cat,bat,[fr]at}", [], "rat"]', "true"],
  ["glob.match", '["a\\\\*b", [], "a*b"]', "true"],
  ["glob.match", '["a(+)$", [], "a(+)$"]', "true"],
  ["glob.match", '["[a-zA-Z]", [], "a"]', "eval_builtin_error: glob.match: expected close range character"],
  [
    "glob.match",
    '["a", ["ab"], "a"]',
    "eval_type_error: glob.match: operand 2 must be array of runes but got array containing string",
  ],
  ["glob.quote_meta", '["*.github.com"]', '"\\\\*.github.com"'],
])("%s%s is %s", (name, operands, wanted) => {
  expect(call(name, operands)).toBe(wanted);
});

test("a pattern that backtracking engines never finish comes to its end", () => {
  expect(call("regex.match", `["^(a+)+$", "${"a".repeat(20_000)}b"]`)).toBe("false");
});

test("a long pattern over a long text is paid for before it runs", () => {
  const ctx = testContext();
  ctx.charge = (amount) => {
    if (amount > 1e7) throw new Error("budget");
  };
  expect(() => call("regex.match", JSON.stringify(["(a{0,900}b?)$", "a".repeat(100_000)]), ctx)).toThrow("budget");
});
