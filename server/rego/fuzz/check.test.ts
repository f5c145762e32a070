import { expect, test } from "vitest";
import { check } from "./check.ts";

test("generated and damaged modules are answered or refused, and nothing else", () => {
  const faults = [];
  const stages = new Set<string>();
  for (let seed = 1; seed <= 200; seed++) {
    const { stage, fault } = check(seed);
    stages.add(stage);
    if (fault !== undefined) faults.push({ seed, fault });
  }
  expect(faults).toEqual([]);
  expect([...stages].sort()).toEqual(["answered", "compile", "evaluate"]);
});
