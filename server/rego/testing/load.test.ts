import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadBundle } from "./load.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "bundle-"));
  mkdirSync(join(root, "teams", "red"), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

test("a data file stands where its folder is, whatever its name", () => {
  writeFileSync(join(root, "teams", "red", "limits.yaml"), "cpu: 2\n");
  writeFileSync(join(root, "teams", "names.json"), '{"blue": {"cpu": 4}}');
  writeFileSync(join(root, "policy.rego"), "package p\n");
  const { sources, data } = loadBundle([root]);
  expect(sources.map(({ source }) => source)).toEqual(["package p\n"]);
  expect(data).toEqual({ teams: { red: { cpu: 2 }, blue: { cpu: 4 } } });
});

test("two files with one key are refused", () => {
  writeFileSync(join(root, "a.json"), '{"x": 1}');
  writeFileSync(join(root, "b.json"), '{"x": 2}');
  expect(() => loadBundle([root])).toThrow("merge error: x is defined twice");
});

test("a data file that cannot be read is refused by name", () => {
  writeFileSync(join(root, "broken.json"), "{");
  expect(() => loadBundle([root])).toThrow("broken.json: rego_parse_error");
});
