import { describe, expect, test } from "vitest";
import { fromJson } from "./from-json.ts";
import { jsonText, toJson } from "./json.ts";
import { parseJson } from "./parse-json.ts";
import { ObjectBuilder, RegoObject } from "./rego-object.ts";
import { RegoSet } from "./rego-set.ts";
import { regoText } from "./text.ts";
import { compare, equal, keyOf, type Value } from "./value.ts";

const ladder: Value[] = [
  null,
  false,
  true,
  parseJson("-1.5"),
  1,
  parseJson("1.5"),
  parseJson("12345678901234567890"),
  "",
  "a",
  "ab",
  "\uffff",
  "😀",
  [],
  [1],
  [1, 2],
  [2],
  RegoObject.empty,
  RegoObject.of([["a", 1]]),
  RegoObject.of([
    ["a", 1],
    ["b", 1],
  ]),
  RegoObject.of([["a", 2]]),
  RegoSet.empty,
  RegoSet.of([1]),
  RegoSet.of([2]),
];

test("values are ordered by kind, then by value, strings by code point", () => {
  for (const [i, a] of ladder.entries()) {
    for (const [j, b] of ladder.entries()) expect(Math.sign(compare(a, b))).toBe(Math.sign(i - j));
  }
});

test("equal values have one key and unlike values have two", () => {
  const keys = ladder.map(keyOf);
  expect(new Set(keys).size).toBe(ladder.length);
  expect(keyOf(parseJson("1.0"))).toBe(keyOf(1));
  expect(keyOf([parseJson("1e2")])).toBe(keyOf([100]));
  expect(keyOf(RegoSet.of(["b", "a"]))).toBe(keyOf(RegoSet.of(["a", "b"])));
  expect(keyOf([1, "a", parseJson("2.0")])).toBe(keyOf([1, "a", 2]));
  expect(keyOf([["a"], "b"])).not.toBe(keyOf(["a", ["b"]]));
  expect(keyOf("\0[1]")).not.toBe(keyOf([1]));
  expect(keyOf("1")).not.toBe(keyOf(1));
});

test("equality looks inside and does not mind how a number is written", () => {
  expect(equal(parseJson('{"a": [1.0, {"b": null}]}'), parseJson('{"a": [1, {"b": null}]}'))).toBe(true);
  expect(equal(parseJson('{"a": 1}'), parseJson('{"b": 1}'))).toBe(false);
  expect(equal(RegoSet.of([[1]]), RegoSet.of([[1]]))).toBe(true);
  expect(equal([1], RegoSet.of([1]))).toBe(false);
});

describe("objects", () => {
  test("take keys of any kind", () => {
    const object = new ObjectBuilder().set(1, "one").set("1", "text").set([1], "array").set(null, "null").build();
    expect(object.get(1)).toBe("one");
    expect(object.get(parseJson("1.0"))).toBe("one");
    expect(object.get("1")).toBe("text");
    expect(object.get([1])).toBe("array");
    expect(object.keys()).toEqual([null, 1, "1", [1]]);
  });

  test("made from parsed JSON know only their own fields", () => {
    const object = fromJson(JSON.parse('{"b": {"c": 0.5}, "a": 1, "__proto__": 2}')) as RegoObject;
    expect(object.keys()).toEqual(["__proto__", "a", "b"]);
    expect(object.get("__proto__")).toBe(2);
    expect(object.get("constructor")).toBeUndefined();
    expect(jsonText(object)).toBe('{"__proto__":2,"a":1,"b":{"c":0.5}}');
  });

  test("keep a key that begins with U+0000", () => {
    const object = RegoObject.of([["\0n1", 1]]);
    expect(object.keys()).toEqual(["\0n1"]);
    expect(object.get("\0n1")).toBe(1);
  });
});

test("sets drop duplicates and come out in order", () => {
  const set = RegoSet.of([3, "b", parseJson("3.0"), "a", [1], [1]]);
  expect(set.sorted()).toEqual([3, "a", "b", [1]]);
  expect(regoText(set.difference(RegoSet.of(["a", [1]])))).toBe('{3, "b"}');
  expect(regoText(set.intersection(RegoSet.of(["z"])))).toBe("set()");
});

test("a value of parts shared many times over is refused before it exhausts the process", () => {
  const doubled = () => {
    let value: Value = ["x"];
    for (let i = 0; i < 40; i++) value = [value, value];
    return value;
  };
  const value = doubled();
  for (const work of [keyOf, toJson, (v: Value) => equal(v, doubled())]) {
    expect(() => work(value)).toThrow("too large");
  }
});

test("text is Rego, JSON turns sets into arrays and keys into their text", () => {
  const value: Value = [RegoObject.of([[RegoSet.of([2, 1]), "x"]]), RegoSet.empty, parseJson("1.10")];
  expect(regoText(value)).toBe('[{{1, 2}: "x"}, set(), 1.10]');
  expect(jsonText(value)).toBe('[{"{1, 2}":"x"},[],1.10]');
  expect(toJson(value)).toEqual([{ "{1, 2}": "x" }, [], 1.1]);
});
