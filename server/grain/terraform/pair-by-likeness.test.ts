import { expect, test } from "vitest";
import { pairByLikeness } from "./pair-by-likeness.ts";

test("several of a kind are told apart by what was planned", () => {
  const planned = [
    { key: "a", values: { cidr_block: "10.0.1.0/24", public: false } },
    { key: "b", values: { cidr_block: "10.0.2.0/24", public: false } },
    { key: "c", values: { cidr_block: "10.0.3.0/24", public: false } },
  ];
  const found = [
    { key: "subnet-3", values: { cidr_block: "10.0.3.0/24", public: false, arn: "x" } },
    { key: "subnet-1", values: { cidr_block: "10.0.1.0/24", public: false, arn: "y" } },
  ];
  expect(Object.fromEntries(pairByLikeness(planned, found))).toEqual({ a: "subnet-1", c: "subnet-3" });
});

test("each is used once, and nothing found leaves everything unpaired", () => {
  const twins = [
    { key: "a", values: {} },
    { key: "b", values: {} },
  ];
  expect([...pairByLikeness(twins, [{ key: "x", values: {} }])]).toEqual([["a", "x"]]);
  expect(pairByLikeness(twins, []).size).toBe(0);
});
