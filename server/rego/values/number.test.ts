import { expect, test } from "vitest";
import {
  absolute,
  add,
  ceil,
  compareNumbers,
  divide,
  floor,
  formatNumber,
  multiply,
  numberKey,
  parseNumber,
  remainder,
  round,
  subtract,
  toBigInt,
} from "./number.ts";

const operations = { add, subtract, multiply, divide, remainder } as const;

test.each([
  ["add", "0.1", "0.2", "0.3"],
  ["add", "9007199254740991", "1", "9007199254740992"],
  ["add", "28857836529306024611913", "1", "28857836529306024611914"],
  ["add", "1234567.5", "0", "1.2345675e+06"],
  ["subtract", "1", "0.9", "0.10000000000000000002"],
  ["subtract", "-9007199254740991", "2", "-9007199254740993"],
  ["multiply", "28857836529306024611913", "3", "86573509587918073835739"],
  ["multiply", "0.00001", "0.1", "1e-06"],
  ["multiply", "-1", "0", "0"],
  ["divide", "1", "3", "0.33333333333333333334"],
  ["divide", "-1", "3", "-0.33333333333333333334"],
  ["divide", "15.3", "3", "5.1"],
  ["divide", "1e109", "1e100", "1000000000"],
  ["divide", "0", "5", "0"],
  ["remainder", "-7", "4", "-3"],
  ["remainder", "10", "18446744073709551616", "10"],
] as const)("%s of %s and %s is %s", (operation, a, b, wanted) => {
  expect(formatNumber(operations[operation](parseNumber(a), parseNumber(b)))).toBe(wanted);
});

test.each([
  ["divide", "1", "0", "divide by zero"],
  ["divide", "1", "0.0", "divide by zero"],
  ["remainder", "7", "0", "modulo by zero"],
  ["remainder", "1.1", "1", "modulo on floating-point number"],
  ["add", "1e30000", "0.1", "number too big"],
] as const)("%s of %s and %s fails: %s", (operation, a, b, message) => {
  expect(() => operations[operation](parseNumber(a), parseNumber(b))).toThrow(message);
});

test.each([
  [round, "-2.5", "-3"],
  [round, "2.5", "3"],
  [round, "0.49999", "0"],
  [ceil, "1.01", "2"],
  [ceil, "-1.5", "-1"],
  [floor, "-1.001", "-2"],
  [floor, "99.99999", "99"],
  [floor, "1e3", "1000"],
  [absolute, "-0.5", "0.5"],
])("rounding %o of %s is %s", (operation, value, wanted) => {
  expect(formatNumber(operation(parseNumber(value)))).toBe(wanted);
});

test("a number keeps its text until something is calculated", () => {
  expect(["1.10", "1e2", "12345678901234567890", "-0", "5"].map((text) => formatNumber(parseNumber(text)))).toEqual([
    "1.10",
    "1e2",
    "12345678901234567890",
    "0",
    "5",
  ]);
});

test("numbers compare by value, however they are written and however large", () => {
  const order = (a: string, b: string) => Math.sign(compareNumbers(parseNumber(a), parseNumber(b)));
  expect(order("1.0", "1")).toBe(0);
  expect(order("1e2", "100")).toBe(0);
  expect(order("0.1", "0.10000000000000000000001")).toBe(-1);
  expect(order("9007199254740993", "9007199254740992")).toBe(1);
  expect(order("-1e999999", "1e-999999")).toBe(-1);
  expect(order("1e1000000", "2e1000000")).toBe(-1);
  expect(numberKey(parseNumber("2.50"))).toBe(numberKey(parseNumber("25e-1")));
});

test("a number with an enormous exponent is refused before it costs memory", () => {
  expect(() => toBigInt(parseNumber("1e100000000"))).toThrow("number too big");
});
