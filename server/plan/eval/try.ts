import { findReferences } from "#server/plan/hcl/references.ts";
import type { Expression } from "#server/plan/hcl/syntax.ts";
import { LimitError, PlanError } from "#server/plan/plan-error.ts";
import { ANY, BOOL } from "#server/plan/value/type.ts";
import { bool, findUnknown, unknown, type Value } from "#server/plan/value/value.ts";
import { evaluate, evaluateReference } from "./evaluate.ts";
import { isNamespace, type Scope } from "./scope.ts";

type CallExpression = Extract<Expression, { kind: "call" }>;

/** The first argument that evaluates. One that depends on something unknown decides nothing, as it may still fail later. */
export function evaluateTry(expression: CallExpression, scope: Scope): Value {
  const failures: string[] = [];
  for (const argument of expression.arguments) {
    const hidden = findHiddenReference(argument, scope);
    if (hidden !== undefined) return unknown(ANY, hidden);
    const outcome = attempt(argument, scope);
    if (!(outcome instanceof PlanError)) return outcome;
    failures.push(outcome.message);
  }
  throw new PlanError(`No argument of try() evaluates: ${failures.join(" / ")}`, expression.at);
}

export function evaluateCan(expression: CallExpression, scope: Scope): Value {
  const [argument] = expression.arguments;
  if (!argument || expression.arguments.length > 1) throw new PlanError("can() takes one argument.", expression.at);
  const hidden = findHiddenReference(argument, scope);
  if (hidden !== undefined) return unknown(BOOL, hidden);
  return bool(!(attempt(argument, scope) instanceof PlanError));
}

function attempt(expression: Expression, scope: Scope): Value | PlanError {
  try {
    return evaluate(expression, scope);
  } catch (error) {
    if (error instanceof PlanError && !(error instanceof LimitError)) return error;
    throw error;
  }
}

function findHiddenReference(expression: Expression, scope: Scope): string | undefined {
  for (const reference of findReferences(expression)) {
    const hidden = hiddenReason(reference.expression, scope);
    if (hidden !== undefined) return hidden;
  }
  return undefined;
}

function hiddenReason(expression: Expression, scope: Scope): string | undefined {
  try {
    const found = evaluateReference(expression, scope);
    if (!isNamespace(found)) return findUnknown(found);
    return found.value && findUnknown(found.value());
  } catch (error) {
    if (error instanceof PlanError && !(error instanceof LimitError)) return undefined;
    throw error;
  }
}
