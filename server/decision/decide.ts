import { digestOf } from "#server/canonical-json.ts";
import type { Context } from "#server/context.ts";
import { policyEvaluator } from "#server/policy/choose-evaluator.ts";
import { judge } from "#server/policy/judge.ts";
import { type PolicyInUse, policiesInSpace } from "#server/policy/policy-settings.ts";
import { warnOfUnseen } from "#server/policy/unseen-changes.ts";
import type { Verdict } from "#server/policy/verdict.ts";
import { type Folded, foldVerdicts, sortVerdicts } from "./fold-verdicts.ts";
import { type ActionAsked, environmentInput, planInput } from "./policy-input.ts";
import { readSurroundings } from "./read-surroundings.ts";
import type { PreparedRequest } from "./request.ts";

/** All verdicts on one request, folded, with everything needed to ask again. */
export type Decision = Folded & {
  verdicts: Verdict[];
  /** Hash that an approval binds to: what was approved is what runs. */
  planHash: string;
  parts: Record<string, string>;
  /** `environment`: the document of torque.environment; `plan:<grain>`: a driver's own plan, redacted, where that was judged. */
  inputs: Record<string, unknown>;
  /** Policy name to digest, data and setting's version. */
  policies: Record<string, { digest: string; data: Record<string, unknown>; version: number }>;
  engine: string;
  timing: Record<string, number>;
};

/** What judged: each policy at its digest, with its data and the version of its setting. */
export function usedPolicies(policies: PolicyInUse[]): Decision["policies"] {
  return Object.fromEntries(
    policies.map(({ policy, setting }) => [
      policy.name,
      { digest: policy.digest, data: setting.data, version: setting.version },
    ]),
  );
}

/** Asks each policy alone; one that fails denies for itself and hides no other. */
export async function askPolicies(policies: PolicyInUse[], input: unknown, now: Date): Promise<Verdict[]> {
  const evaluator = policyEvaluator();
  const ask = ({ policy, setting }: PolicyInUse) => judge(evaluator, { policy, data: setting.data, input, now });
  return Promise.all(policies.map(ask));
}

/** A plan policy that names the kind of field it minds gets the draft's field of that kind, so that a fixer can change it. */
function withDraftField(verdict: Verdict, prepared: PreparedRequest): Verdict {
  if (!verdict.field?.startsWith("slot:")) return verdict;
  const kind = verdict.field.slice("slot:".length);
  const slot = Object.entries(prepared.slots).find(([name]) => name === kind)?.[1]?.[0];
  const { field: _kind, ...rest } = verdict;
  return slot ? { ...rest, field: slot.field } : rest;
}

/**
 * The gate: every channel's request ends here, and previews ask the same function. Reads what others do meanwhile, asks
 * each policy of the space about the request, then about each grain's plan, and folds the verdicts. The caller holds the
 * space's lock when the answer shall be acted on.
 */
export async function decide(
  ctx: Context,
  prepared: PreparedRequest,
  action: ActionAsked = { type: "Launch" },
): Promise<Decision> {
  const began = performance.now();
  const around = await readSurroundings(ctx, prepared);
  const enabled = (await policiesInSpace(ctx, prepared.request.spaceId)).filter(({ setting }) => setting.enabled);
  const ofPackage = (name: string) => enabled.filter(({ policy }) => policy.packageName === name);
  const readAt = performance.now();

  const input = environmentInput(prepared, around, action);
  const verdicts = await askPolicies(ofPackage("torque.environment"), input, around.now);
  const inputs: Record<string, unknown> = { environment: input };
  const planPolicies = ofPackage("torque.terraform_plan");
  if (action.type === "Launch")
    for (const [grain, plan] of Object.entries(prepared.plans)) {
      const judged = warnOfUnseen(await askPolicies(planPolicies, planInput(plan, input), around.now), plan);
      verdicts.push(...judged.map((verdict) => ({ ...withDraftField(verdict, prepared), grain })));
    }

  const policies = usedPolicies(enabled);
  const parts = { ...prepared.parts, policies: digestOf(policies) };
  return {
    ...foldVerdicts(verdicts),
    verdicts: sortVerdicts(verdicts),
    planHash: digestOf(parts),
    parts,
    inputs,
    policies,
    engine: policyEvaluator().engine,
    timing: { ...prepared.timing, read: readAt - began, policies: performance.now() - readAt },
  };
}
