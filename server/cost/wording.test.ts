import { describe, expect, test } from "vitest";

import type { Component } from "./cost.ts";
import { componentText, coverageText, footnote, headline, runText, unitPriceText } from "./wording.ts";

const total = (lower: string, upper: string | null) => ({ total: { lower, upper, baseline: lower, usage: "0" } });

describe("the headline", () => {
  test.each([
    ["412.174", null, "From $412.17 a month"],
    ["412.17", "412.17", "$412.17 a month"],
    ["380", "1520.5", "$380.00 to $1,520.50 a month"],
  ])("of %s and %s is never more certain than the estimate", (lower, upper, text) => {
    expect(headline(total(lower, upper))).toBe(text);
  });

  test("comes with the price of the run", () => {
    expect(runText({ run: { hours: 30, lower: "16.94", upper: null } })).toBe("about $16.94 for 30 hours");
    expect(runText({ run: { hours: 1, lower: "1", upper: "2" } })).toBe("about $1.00 to $2.00 for 1 hour");
    expect(runText({})).toBeNull();
  });
});

test("coverage counts everything that was found", () => {
  const coverage = {
    detected: 15,
    priced: 12,
    dependsOnUsage: 1,
    free: 1,
    noPrice: 0,
    unsupported: 1,
    unknown: 0,
    byType: {},
  };
  expect(coverageText(coverage)).toBe("12 of 15 resources priced, 1 depends on usage, 1 free, 1 not supported");
});

describe("a component without a figure", () => {
  const open: Component = {
    name: "Storage",
    unit: "GB",
    quantity: null,
    quantityFrom: "unknown",
    unitPrice: "0.023",
    monthly: null,
    state: "depends_on_usage",
    usageBased: true,
    billsWhile: "usage",
  };
  test("says what it depends on and at which price", () => {
    expect(componentText(open)).toBe("depends on usage: $0.023 per GB");
  });
  test.each([
    ["hours", "hour"],
    ["GB-seconds", "GB-second"],
    ["10k requests", "10k requests"],
    ["IOPS", "IOPS"],
    ["MiBps", "MiBps"],
  ])("is sold by the unit: %s", (unit, text) => {
    expect(componentText({ ...open, unit })).toBe(`depends on usage: $0.023 per ${text}`);
  });

  test("says that it is free, or why it has no price", () => {
    expect(componentText({ ...open, state: "free" })).toBe("free");
    expect(componentText({ ...open, state: "no_price", note: "no price for eu-west-1 in the catalogue" })).toBe(
      "no price for eu-west-1 in the catalogue",
    );
  });
});

test("a unit price below ten cents is shown with all its digits", () => {
  expect(["0.0000166667", "0.4", "12"].map(unitPriceText)).toEqual(["$0.0000166667", "$0.40", "$12.00"]);
});

test("the foot of an estimate says how old its prices are", () => {
  const catalogue = { id: "x", asOfMin: "2021-08-03", asOfMax: "2026-07-30", provider: "embedded" as const };
  expect(footnote({ catalogue, currency: "USD" })).toBe(
    "List prices of 2021-08 to 2026-07 in USD, without tax, discounts, free tier and data transfer.",
  );
});
