import { describe, expect, test } from "vitest";
import { readDenials } from "./read-denials.ts";

const denial = (rule: string, address: string) => ({
  msg: `${address}: It is open.`,
  rule,
  address,
  severity: "high",
  hint: "Close it.",
  references: ["https://docs.example.com/"],
});

describe("what a plan policy found", () => {
  test("nothing denied is approved, warnings beside it", () => {
    expect(readDenials([], [{ msg: "No log.", rule: "log", severity: "low" }])).toEqual({
      word: "Approved",
      reason: "Nothing to refuse in this plan.",
      warnings: ["No log."],
      findings: [{ effect: "warn", rule: "log", severity: "low", message: "No log.", hint: null }],
    });
  });

  test("each denial carries rule, severity, hint, resource and references", () => {
    const read = readDenials([denial("open", "a.one"), denial("open", "a.two")], []);
    expect(read).toMatchObject({ word: "Denied", rule: "open", hint: "Close it." });
    expect(read.findings?.[1]).toEqual({
      effect: "deny",
      rule: "open",
      severity: "high",
      message: "a.two: It is open.",
      hint: "Close it.",
      address: "a.two",
      references: ["https://docs.example.com/"],
    });
  });

  test("thousands of denials of one rule stay one short reason and at most 200 findings", () => {
    const many = Array.from({ length: 3000 }, (_, n) => denial("open", `a.n${n}`));
    const read = readDenials(many, many);
    expect(read.reason).toBe("a.n0: It is open. a.n1: It is open. a.n2: It is open. And 2997 more of open.");
    expect(read.warnings).toHaveLength(4);
    expect(read.findings).toHaveLength(200);
  });

  test("plain messages are denials too", () => {
    expect(readDenials(["No."], undefined)).toMatchObject({ word: "Denied", reason: "No." });
  });

  test.each([
    ["no deny rule", undefined, []],
    ["a deny that is no set", { a: 1 }, []],
    ["an entry without a message", [{ rule: "x" }], []],
    ["a warn that is no set", [], "careful"],
  ])("%s is a failure, never an approval", (_what, deny, warn) => {
    expect(() => readDenials(deny, warn)).toThrow();
  });
});
