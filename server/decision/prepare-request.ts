import { createHmac } from "node:crypto";
import type { Blueprint, InputKind } from "#server/blueprint/blueprint.ts";
import { checkInputs } from "#server/blueprint/check-inputs.ts";
import { digestOf } from "#server/canonical-json.ts";
import { Problem } from "#server/errors.ts";
import { redactPlan } from "#server/plan/redact-plan.ts";
import { masterKey } from "#server/secret/master-key.ts";
import { estimateGrains } from "./estimate-grains.ts";
import { planGrains } from "./plan-grains.ts";
import type { FieldProblem, LaunchRequest, PreparedRequest, Slots } from "./request.ts";

const longestName = 80;

/** What is wrong with a request's fields, before it is worth planning. */
export function findFieldProblems(request: LaunchRequest): FieldProblem[] {
  const { blueprint } = request.revision;
  const { problems } = checkInputs(blueprint, { ...request.inputs, ...request.sensitiveInputs });
  const found: FieldProblem[] = problems.map(({ input, message, remedy }) => ({
    field: `inputs.${input}`,
    message,
    remedy,
  }));
  const name = request.name.trim();
  if (name === "" || name.length > longestName)
    found.push({
      field: "name",
      message: "The environment needs a name.",
      remedy: `Give it 1 to ${longestName} characters.`,
    });
  const { maxMinutes, alwaysOn } = blueprint.duration;
  const minutes = request.durationMinutes;
  if (minutes === null && !alwaysOn)
    found.push({
      field: "duration",
      message: "This blueprint always has an end.",
      remedy: "Choose how long it shall run.",
    });
  if (minutes !== null && (!Number.isInteger(minutes) || minutes < 1))
    found.push({
      field: "duration",
      message: "The length is not a whole number of minutes.",
      remedy: "Give at least one minute.",
    });
  if (minutes !== null && maxMinutes !== null && minutes > maxMinutes)
    found.push({
      field: "duration",
      message: `This blueprint runs for at most ${maxMinutes} minutes.`,
      remedy: "Choose a shorter time.",
    });
  return found;
}

/** The inputs whose meaning the blueprint states, so that one policy can judge every blueprint's region. */
export function findSlots(blueprint: Blueprint, values: Record<string, string>): Slots {
  const slots: Partial<Record<InputKind, { field: string; value: string }[]>> = {};
  for (const { name, kind, sensitive } of blueprint.inputs) {
    const value = values[name];
    if (kind && !sensitive && value !== undefined && value !== "")
      slots[kind] = [...(slots[kind] ?? []), { field: `inputs.${name}`, value }];
  }
  return slots;
}

/** Sensitive values enter the plan hash under a key: it shows that they changed, never what they are. */
function keyedDigest(values: Record<string, string>): string {
  return createHmac("sha256", masterKey()).update("plan-hash\0").update(digestOf(values)).digest("hex");
}

/**
 * Checks, plans and prices a request: all of a decision that nobody else's doings can change. Throws a Problem with every
 * wrong field in `details.problems`.
 */
export async function prepareRequest(request: LaunchRequest): Promise<PreparedRequest> {
  const began = performance.now();
  const problems = findFieldProblems(request);
  if (problems.length > 0)
    throw new Problem("bad_input", problems.map((problem) => `${problem.field}: ${problem.message}`).join(" "), {
      place: { path: problems[0]!.field },
      remedy: problems[0]!.remedy,
      details: { problems },
    });
  const { blueprint } = request.revision;
  const checked = checkInputs(blueprint, { ...request.inputs, ...request.sensitiveInputs });
  const sensitive = new Set(blueprint.inputs.filter((input) => input.sensitive).map((input) => input.name));
  const entries = Object.entries(checked.values);
  const values = Object.fromEntries(entries.filter(([name]) => !sensitive.has(name)));
  const secrets = Object.fromEntries(entries.filter(([name]) => sensitive.has(name)));
  const plannedRequest = { ...request, sensitiveInputs: secrets };
  const fullPlans = await planGrains(plannedRequest, values);
  const plannedAt = performance.now();
  const estimate = await estimateGrains(fullPlans, { request: plannedRequest, values });
  const plans = Object.fromEntries(
    Object.entries(fullPlans).map(([grain, plan]) => [grain, redactPlan(plan, Object.values(secrets))]),
  );
  return {
    request: plannedRequest,
    values,
    slots: findSlots(blueprint, values),
    plans,
    estimate,
    parts: {
      blueprint: request.revision.digest,
      inputs: digestOf(values),
      sensitive_inputs: keyedDigest(secrets),
      name: digestOf(request.name),
      duration: digestOf(request.durationMinutes),
      plan: digestOf(plans),
      estimate: estimate.hash,
      owner: digestOf(request.owner.id),
      space: digestOf(request.spaceId),
    },
    timing: { plan: plannedAt - began, estimate: performance.now() - plannedAt },
  };
}
