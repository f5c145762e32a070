import type { Expression } from "#server/plan/hcl/syntax.ts";
import { LimitError, PlanError } from "#server/plan/plan-error.ts";
import { convert } from "#server/plan/value/convert.ts";
import { ANY, BOOL, type Type, typeName } from "#server/plan/value/type.ts";
import { unifyTypes } from "#server/plan/value/unify.ts";
import { boolOf, isUnknown, unknown, type Value, withSensitivity } from "#server/plan/value/value.ts";
import { evaluate } from "./evaluate.ts";
import type { Scope } from "./scope.ts";

type Conditional = Extract<Expression, { kind: "conditional" }>;

/** Both results count for the type, so an object in one branch can turn numbers of the other into strings. */
export function evaluateConditional(expression: Conditional, scope: Scope): Value {
  const condition = evaluate(expression.condition, scope);
  if (condition.content === null) throw new PlanError("A condition must not be null.", expression.condition.at);
  const decided = convert(condition, BOOL);
  const yes = attempt(expression.yes, scope);
  const no = attempt(expression.no, scope);
  const type = resultType(expression, yes, no);
  if (isUnknown(decided)) {
    const reason = decided.reason ?? "not known before apply";
    return withSensitivity(unknown(type, reason), decided.sensitive || isSensitive(yes) || isSensitive(no));
  }
  const chosen = boolOf(decided) ? yes : no;
  if ("error" in chosen) throw chosen.error;
  return withSensitivity(convert(chosen.value, type), decided.sensitive);
}

type Attempt = { value: Value } | { error: PlanError };

const isSensitive = (attempt: Attempt): boolean => "value" in attempt && attempt.value.sensitive;

function attempt(expression: Expression, scope: Scope): Attempt {
  try {
    return { value: evaluate(expression, scope) };
  } catch (error) {
    if (error instanceof PlanError && !(error instanceof LimitError)) return { error };
    throw error;
  }
}

function resultType(expression: Conditional, yes: Attempt, no: Attempt): Type {
  const first = "value" in yes ? yes.value : undefined;
  const second = "value" in no ? no.value : undefined;
  if (!first || !second) return ANY;
  if (isBareNull(first)) return second.type;
  if (isBareNull(second)) return first.type;
  const unified = unifyTypes([first.type, second.type]);
  if (unified) return unified;
  throw new PlanError(
    `The two results of a condition must be of one type, but these are ${typeName(first.type)} and ${typeName(second.type)}.`,
    expression.at,
  );
}

const isBareNull = (value: Value): boolean => value.content === null && value.type.kind === "any";
