import { expect, test } from "vitest";
import { call, testContext } from "./testing/call.ts";

test.each([
  ["plus", "[0.1, 0.2]", "0.3"],
  ["minus", '[{"set!": [1, 2]}, {"set!": [2]}]', "[1]"],
  ["minus", '[{"set!": [1]}, 1]', "eval_type_error: minus: operand 2 must be set but got number"],
  ["minus", '[1, {"set!": [1]}]', "eval_type_error: minus: operand 2 must be number but got set"],
  ["minus", '["a", 1]', "eval_type_error: minus: operand 1 must be one of {number, set} but got string"],
  ["div", "[1, 0]", "eval_builtin_error: div: divide by zero"],
  ["rem", "[1.5, 1]", "eval_builtin_error: rem: modulo on floating-point number"],
  ["lt", "[1, 1.5]", "true"],
  ["equal", "[1, 1.0]", "true"],
  ["internal.member_2", '["b", {"a": "b"}]', "true"],
  ["internal.member_3", '[1, "b", ["a", "b"]]', "true"],
  ["internal.member_3", '["a", "a", {"set!": ["a"]}]', "true"],
  ["internal.template_string", '[["x ", {"set!": [1.50]}, " ", {"set!": []}]]', '"x 1.50 <undefined>"'],
  ["abs", "[-3]", "3"],
  ["round", "[-0.5]", "-1"],
  ["numbers.range", "[1, 4]", "[1,2,3,4]"],
  ["numbers.range", "[3, 1]", "[3,2,1]"],
  ["numbers.range", "[9007199254740991, 9007199254740993]", "[9007199254740991,9007199254740992,9007199254740993]"],
  [
    "numbers.range",
    "[1.5, 2]",
    "eval_type_error: numbers.range: operand 1 must be integer number but got floating-point number",
  ],
  ["numbers.range_step", "[0, 10, 4]", "[0,4,8]"],
  ["numbers.range_step", "[10, 0, 5]", "[10,5,0]"],
  [
    "numbers.range_step",
    "[0, 1, 0]",
    "eval_builtin_error: numbers.range_step: numbers.range_step: step must be a positive integer",
  ],
  ["format_int", "[15.5, 16]", '"f"'],
  ["format_int", "[-5, 2]", '"-101"'],
  ["format_int", "[4.1, 199]", "eval_type_error: format_int: operand 2 must be one of {2, 8, 10, 16}"],
  ["bits.and", "[6, 3]", "2"],
  ["bits.negate", "[42]", "-43"],
  ["bits.lsh", "[1, 64]", "18446744073709551616"],
  [
    "bits.lsh",
    "[1, -1]",
    "eval_type_error: bits.lsh: operand 2 must be an unsigned integer number but got a negative integer",
  ],
  ["bits.xor", "[1.5, 1]", "eval_type_error: bits.xor: operand 1 must be integer number but got floating-point number"],
  ["to_number", '["1.50"]', "1.50"],
  ["to_number", '["+007"]', "7"],
  ["to_number", "[true]", "1"],
  ["to_number", '["Infinity"]', "eval_type_error: to_number: operand 1 must be valid number string but got string"],
  ["to_number", '["0x10"]', 'eval_builtin_error: to_number: strconv.ParseFloat: parsing "0x10": invalid syntax'],
  ["units.parse", '["500m"]', "0.5000000000"],
  ["units.parse", '["\\"100TI\\""]', "109951162777600"],
  ["units.parse", '["1e3M"]', "1000000000"],
  ["units.parse", '["10 k"]', "eval_builtin_error: units.parse: units.parse: spaces not allowed in resource strings"],
  ["units.parse", '["10x"]', "eval_builtin_error: units.parse: units.parse: unit x not recognized"],
  ["units.parse_bytes", '["4.1Mi"]', "4299161"],
  ["units.parse_bytes", '["10eib"]', "11529215046068469760"],
  ["units.parse_bytes", '["GB"]', "eval_builtin_error: units.parse_bytes: units.parse_bytes: no byte amount provided"],
  [
    "units.parse_bytes",
    '["1e9999999"]',
    "eval_builtin_error: units.parse_bytes: units.parse_bytes: exponent too large",
  ],
])("%s%s is %s", (name, operands, wanted) => {
  expect(call(name, operands)).toBe(wanted);
});

test("a range is paid for before it is made", () => {
  const ctx = testContext();
  const refuse = new Error("budget");
  ctx.charge = (amount) => {
    if (amount > 1e6) throw refuse;
  };
  expect(() => call("numbers.range", "[1, 1000000000000]", ctx)).toThrow(refuse);
});

test("a random number stays the same within one query", () => {
  const ctx = testContext();
  expect(call("rand.intn", '["a", 100]', ctx)).toBe("50");
  ctx.random = () => 0.9;
  expect(call("rand.intn", '["a", 100]', ctx)).toBe("50");
  expect(call("rand.intn", '["b", 100]', ctx)).toBe("90");
});
