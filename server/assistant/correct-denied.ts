import type { Blueprint, InputDefinition } from "#server/blueprint/blueprint.ts";
import { findValueProblem } from "#server/blueprint/input-value.ts";
import type { EvidenceByField } from "#server/decision/evidence.ts";
import type { Verdict } from "#server/policy/verdict.ts";

/** One field that would have to change for a denial to fall away; from records, never from a model's words. */
export type Correction = {
  field: string;
  from: string | null;
  to: string;
  policy: string;
  why: string /** The user's own value: only he changes it. */;
  isUsers: boolean;
};

type Judged = {
  blueprint: Blueprint;
  inputs: Record<string, string>;
  durationMinutes: number | null;
  evidence: EvidenceByField;
};

const usersOwn = new Set(["said", "user_edit"]);

function globMatches(pattern: string, value: string): boolean {
  const parts = pattern.toLowerCase().split("*");
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const found = value.toLowerCase().indexOf(part, at);
    if (found < 0 || (index === 0 && found !== 0)) return false;
    at = found + part.length;
  }
  return parts.at(-1) === "" || value.toLowerCase().endsWith(parts.at(-1) ?? "");
}

/** The allowed value that the input itself takes; patterns pick among its listed values, the default first. */
function allowedValue(input: InputDefinition, allowed: readonly unknown[]): string | undefined {
  const texts = allowed.filter((value) => typeof value === "string");
  const listed = [input.default, ...input.allowedValues.map((choice) => choice.value)].filter(
    (value) => value !== undefined,
  );
  const matching = listed.find((value) => texts.some((pattern) => globMatches(pattern, value)));
  return matching ?? texts.find((value) => !value.includes("*") && findValueProblem(input, value) === null);
}

function longestAllowed(allowed: readonly unknown[] | undefined): number | undefined {
  const limit = allowed?.[0];
  const max = limit !== null && typeof limit === "object" && "max" in limit ? limit.max : undefined;
  return typeof max === "number" ? max : undefined;
}

function correctionOf(verdict: Verdict, judged: Judged): Correction | undefined {
  const { field = "", policy, reason } = verdict;
  const isUsers = usersOwn.has(judged.evidence[field]?.source ?? "");
  if (field === "duration") {
    const max = longestAllowed(verdict.allowed);
    const from = judged.durationMinutes === null ? null : String(judged.durationMinutes);
    return max === undefined || from === String(max)
      ? undefined
      : { field, from, to: String(max), policy, why: reason, isUsers };
  }
  const input = judged.blueprint.inputs.find((item) => `inputs.${item.name}` === field);
  const to = input && verdict.allowed ? allowedValue(input, verdict.allowed) : undefined;
  const from = input ? (judged.inputs[input.name] ?? input.default ?? null) : null;
  return to === undefined || to === from ? undefined : { field, from, to, policy, why: reason, isUsers };
}

/** What would have to change, one correction a field, for every denial that names its field and what is allowed there. */
export function correctDenied(verdicts: readonly Verdict[], judged: Judged): Correction[] {
  const byField = new Map<string, Correction>();
  for (const verdict of verdicts.filter(({ word, error }) => word === "Denied" && !error)) {
    const correction = correctionOf(verdict, judged);
    if (correction && !byField.has(correction.field)) byField.set(correction.field, correction);
  }
  return [...byField.values()];
}

/** What the denials are about, to see whether an attempt brought anything. */
export function denialKey(verdicts: readonly Verdict[]): string {
  return verdicts
    .filter(({ word }) => word === "Denied")
    .map(({ policy, grain, field }) => `${policy}/${grain ?? ""}/${field ?? ""}`)
    .sort()
    .join(" ");
}
