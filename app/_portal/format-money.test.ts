import { expect, test } from "vitest";
import { formatMoney } from "./format-money.ts";

test.each([
  ["0", "$0.00"],
  ["0.0042", "$0.0042"],
  ["12.5", "$12.50"],
  ["999.994", "$999.99"],
  ["14820.55", "$14,821"],
])("%s reads %s", (amount, shown) => {
  expect(formatMoney(amount)).toBe(shown);
});

test("another currency keeps its sign", () => {
  expect(formatMoney("3", "EUR")).toBe("€3.00");
});
