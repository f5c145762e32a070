import type { BinaryOperator, Expression } from "#server/plan/hcl/syntax.ts";
import { LimitError, locate, PlanError } from "#server/plan/plan-error.ts";
import { convert } from "#server/plan/value/convert.ts";
import { equalValues } from "#server/plan/value/equal.ts";
import {
  addNum,
  compareNum,
  divideNum,
  moduloNum,
  multiplyNum,
  type Num,
  negateNum,
  subtractNum,
} from "#server/plan/value/number.ts";
import { BOOL, NUMBER } from "#server/plan/value/type.ts";
import {
  bool,
  boolOf,
  isUnknown,
  number,
  numOf,
  unknown,
  type Value,
  withSensitivity,
} from "#server/plan/value/value.ts";
import { evaluate } from "./evaluate.ts";
import type { Scope } from "./scope.ts";

type Binary = Extract<Expression, { kind: "binary" }>;

export function evaluateBinary(expression: Binary, scope: Scope): Value {
  const { operator } = expression;
  if (operator === "&&" || operator === "||") return evaluateLogic(expression, scope);
  const left = evaluate(expression.left, scope);
  const right = evaluate(expression.right, scope);
  const isSensitive = left.sensitive || right.sensitive;
  const result =
    operator === "==" || operator === "!="
      ? evaluateEquality(operator, left, right)
      : evaluateArithmetic(expression, left, right);
  return withSensitivity(result, isSensitive);
}

function evaluateEquality(operator: "==" | "!=", left: Value, right: Value): Value {
  const same = equalValues(left, right);
  return operator === "==" || isUnknown(same) ? same : bool(!boolOf(same));
}

/** The second operand is not looked at where the first one decides. */
function evaluateLogic(expression: Binary, scope: Scope): Value {
  const decisive = expression.operator === "||";
  const left = operand(evaluate(expression.left, scope), BOOL, expression.left);
  if (left.content === decisive) return left;
  const right = evaluateRight(expression, scope, left);
  const isSensitive = left.sensitive || right.sensitive;
  if (right.content === decisive && !isUnknown(left)) return withSensitivity(right, isSensitive);
  if (isUnknown(left)) return withSensitivity(left, isSensitive);
  return withSensitivity(right, isSensitive);
}

function evaluateRight(expression: Binary, scope: Scope, left: Value): Value {
  try {
    return operand(evaluate(expression.right, scope), BOOL, expression.right);
  } catch (error) {
    const canBeSkipped = isUnknown(left) && error instanceof PlanError && !(error instanceof LimitError);
    if (canBeSkipped) return unknown(BOOL, left.reason ?? "not known before apply");
    throw error;
  }
}

function operand(value: Value, type: typeof BOOL, source: Expression): Value {
  if (value.content === null) throw new PlanError("A null value cannot be an operand.", source.at);
  try {
    return convert(value, type);
  } catch (error) {
    throw locate(error, source.at, "Unsuitable operand");
  }
}

function evaluateArithmetic(expression: Binary, left: Value, right: Value): Value {
  const first = operand(left, NUMBER, expression.left);
  const second = operand(right, NUMBER, expression.right);
  const isComparison = "<=>=".includes(expression.operator);
  const hidden = isUnknown(first) ? first : isUnknown(second) ? second : undefined;
  if (hidden) return unknown(isComparison ? BOOL : NUMBER, hidden.reason ?? "not known before apply");
  if (isComparison) return bool(compare(expression.operator, numOf(first), numOf(second)));
  return number(calculate(expression.operator, numOf(first), numOf(second)));
}

function compare(operator: BinaryOperator, left: Num, right: Num): boolean {
  const order = compareNum(left, right);
  if (operator === "<") return order < 0;
  if (operator === "<=") return order <= 0;
  return operator === ">" ? order > 0 : order >= 0;
}

function calculate(operator: BinaryOperator, left: Num, right: Num): Num {
  if (operator === "+") return addNum(left, right);
  if (operator === "-") return subtractNum(left, right);
  if (operator === "*") return multiplyNum(left, right);
  // Terraform's remainder by zero is the dividend; its quotient is infinite, which nothing can hold.
  if (right.mantissa === 0n && operator === "%") return left;
  if (right.mantissa === 0n) throw new PlanError("Division by zero.");
  return operator === "/" ? divideNum(left, right) : moduloNum(left, right);
}

export function evaluateUnary(expression: Extract<Expression, { kind: "unary" }>, scope: Scope): Value {
  const isNot = expression.operator === "!";
  const value = operand(evaluate(expression.operand, scope), isNot ? BOOL : NUMBER, expression.operand);
  if (isUnknown(value)) return value;
  const result = isNot ? bool(!boolOf(value)) : number(negateNum(numOf(value)));
  return withSensitivity(result, value.sensitive);
}
