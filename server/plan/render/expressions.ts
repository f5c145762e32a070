import { evaluate } from "#server/plan/eval/evaluate.ts";
import { type EvaluationContext, Scope } from "#server/plan/eval/scope.ts";
import { findReferences, hasCall, type Reference } from "#server/plan/hcl/references.ts";
import type { Body, Expression } from "#server/plan/hcl/syntax.ts";
import { Budget } from "#server/plan/limits.ts";
import { PlanError } from "#server/plan/plan-error.ts";
import { filesInMemory } from "#server/plan/source-files.ts";
import type { Value } from "#server/plan/value/value.ts";
import { knownPart, plainObject } from "./json-value.ts";

/** The arguments of a body as the `configuration` part of a plan shows them: constants, or what they refer to. */
export function renderExpressions(body: Body, skip: ReadonlySet<string>): Record<string, unknown> {
  const entries = new Map<string, unknown>();
  for (const [name, attribute] of body.attributes)
    if (!skip.has(name)) entries.set(name, renderExpression(attribute.expression));
  for (const block of body.blocks) {
    // As in Terraform's own plans, what a dynamic block will make is not shown here.
    if (skip.has(block.type) || block.type === "dynamic") continue;
    const rendered = renderExpressions(block.body, nothing);
    const earlier = entries.get(block.type);
    entries.set(block.type, Array.isArray(earlier) ? [...earlier, rendered] : [rendered]);
  }
  return plainObject([...entries].sort(([left], [right]) => (left < right ? -1 : 1)));
}

const nothing: ReadonlySet<string> = new Set();

export function renderExpression(expression: Expression): { references?: string[]; constant_value?: unknown } {
  const references = findReferences(expression);
  if (references.length > 0) return { references: references.flatMap(spell) };
  const value = constantOf(expression);
  return value ? { constant_value: knownPart(value) } : {};
}

/** `aws_vpc.main.id` counts as a reference to the attribute and to the resource, most precise first. */
function spell(reference: Reference): string[] {
  const steps = reference.steps.map((step) =>
    step.kind === "attribute" ? `.${step.name}` : `[${JSON.stringify(step.key)}]`,
  );
  const least = reference.root === "data" ? 2 : 1;
  const spelled: string[] = [];
  for (let count = steps.length; count >= least; count -= 1)
    spelled.push(reference.root + steps.slice(0, count).join(""));
  return spelled.length > 0 ? spelled : [reference.root + steps.join("")];
}

/** Functions are not called for this part of a plan. */
function constantOf(expression: Expression): Value | undefined {
  try {
    return hasCall(expression) ? undefined : evaluate(expression, new Scope(noNames()));
  } catch (error) {
    if (error instanceof PlanError) return undefined;
    throw error;
  }
}

function noNames(): EvaluationContext {
  const budget = new Budget({ maxSteps: 100_000 });
  const resolve = (name: string): never => {
    throw new PlanError(`"${name}" is not a constant.`);
  };
  return { budget, files: filesInMemory(new Map(), budget), modulePath: "", rootPath: "", resolve };
}
