import { expect, test } from "vitest";
import { forbiddenBuiltins } from "./refused.ts";
import { builtins, refusedBuiltins } from "./registry.ts";

test("no built-in is both here and refused", () => {
  expect([...builtins.keys()].filter((name) => refusedBuiltins.has(name))).toEqual([]);
});

test("what Torque forbids runs nowhere unasked", () => {
  for (const name of forbiddenBuiltins) {
    expect(refusedBuiltins.has(name) || builtins.get(name)?.deterministic === false).toBe(true);
  }
});

test("chance and clock are marked as such", () => {
  const chancy = [...builtins.values()].filter(({ deterministic }) => deterministic === false);
  expect(chancy.map(({ name }) => name).sort()).toEqual([
    "io.jwt.encode_sign",
    "io.jwt.encode_sign_raw",
    "opa.runtime",
    "rand.intn",
    "time.now_ns",
    "trace",
    "uuid.rfc4122",
  ]);
});
