import { toBigInt } from "#server/rego/values/number.ts";
import { RegoNumber } from "#server/rego/values/rego-number.ts";
import { RegoObject } from "#server/rego/values/rego-object.ts";
import { RegoSet } from "#server/rego/values/rego-set.ts";
import { isArray, isNumber, type NumberValue, typeName, type Value } from "#server/rego/values/value.ts";
import { BuiltinError } from "./builtin-error.ts";

// Each reader takes the operands and an index from 0; its errors count from 1, as OPA's do.

export function operandError(index: number, text: string): BuiltinError {
  return new BuiltinError("eval_type_error", `operand ${index + 1} ${text}`);
}

export function wrongType(index: number, got: Value, ...expected: string[]): BuiltinError {
  const wanted = expected.length === 1 ? expected[0] : `one of {${expected.join(", ")}}`;
  return operandError(index, `must be ${wanted} but got ${typeName(got)}`);
}

export function wrongElement(index: number, composite: Value, got: Value, ...expected: string[]): BuiltinError {
  const holder = typeName(composite);
  const wanted = expected.length === 1 ? `${expected[0]}s` : `(any of) {${expected.join(", ")}}`;
  return operandError(index, `must be ${holder} of ${wanted} but got ${holder} containing ${typeName(got)}`);
}

export function operand(args: readonly Value[], index: number): Value {
  return args[index] as Value;
}

export function stringOperand(args: readonly Value[], index: number): string {
  const value = args[index] as Value;
  if (typeof value === "string") return value;
  throw wrongType(index, value, "string");
}

export function numberOperand(args: readonly Value[], index: number): NumberValue {
  const value = args[index] as Value;
  if (isNumber(value)) return value;
  throw wrongType(index, value, "number");
}

/** An integer of machine size: a position, a length, a count. */
export function integerOperand(args: readonly Value[], index: number): number {
  const value = numberOperand(args, index);
  if (typeof value === "number") return value;
  if (/^-?\d{1,19}$/.test(value.text)) return value.approximate;
  throw operandError(index, "must be integer number but got floating-point number");
}

/** An integer of any size. */
export function bigIntOperand(args: readonly Value[], index: number): bigint {
  const value = args[index] as Value;
  if (!isNumber(value)) throw wrongType(index, value, "integer");
  const integer = toBigInt(value);
  if (integer === undefined) throw operandError(index, "must be integer number but got floating-point number");
  return integer;
}

export function arrayOperand(args: readonly Value[], index: number): readonly Value[] {
  const value = args[index] as Value;
  if (isArray(value)) return value;
  throw wrongType(index, value, "array");
}

export function setOperand(args: readonly Value[], index: number): RegoSet {
  const value = args[index] as Value;
  if (value instanceof RegoSet) return value;
  throw wrongType(index, value, "set");
}

export function objectOperand(args: readonly Value[], index: number): RegoObject {
  const value = args[index] as Value;
  if (value instanceof RegoObject) return value;
  throw wrongType(index, value, "object");
}

/** The members of an array or, in order, of a set. */
export function listOperand(args: readonly Value[], index: number, ...expected: string[]): readonly Value[] {
  const value = args[index] as Value;
  if (isArray(value)) return value;
  if (value instanceof RegoSet) return value.sorted();
  throw wrongType(index, value, ...(expected.length > 0 ? expected : ["set", "array"]));
}

export function stringsOperand(args: readonly Value[], index: number, ...expected: string[]): readonly string[] {
  const members = listOperand(args, index, ...expected);
  for (const member of members) {
    if (typeof member !== "string") throw wrongElement(index, operand(args, index), member, "string");
  }
  return members as readonly string[];
}

export function isFraction(value: NumberValue): value is RegoNumber {
  return value instanceof RegoNumber && toBigInt(value) === undefined;
}
