import { expect, test } from "vitest";
import type { FunctionBuiltin } from "#server/rego/builtins/builtin.ts";
import { builtins } from "#server/rego/builtins/registry.ts";
import { regoText } from "#server/rego/values/text.ts";
import { callFault } from "./builtin-calls.ts";
import { Random } from "./random.ts";

const CALLS = 60;
const functions = [...builtins.values()].filter((builtin): builtin is FunctionBuiltin => !builtin.relation);

test("whatever a built-in is given, it answers a value or fails as built-ins do", () => {
  const faults: string[] = [];
  for (const [i, builtin] of functions.entries()) {
    const random = new Random(1_000 + i);
    for (let n = 0; n < CALLS; n++) {
      const found = callFault(builtin, random);
      if (found) faults.push(`${builtin.name}(${found.operands.map(regoText).join(", ")}): ${found.fault}`);
    }
  }
  expect(faults).toEqual([]);
});
