import { digestOf } from "#server/canonical-json.ts";
import type { Context } from "#server/context.ts";
import type { Estimate } from "#server/cost/cost.ts";
import type { Plan } from "#server/plan/plan.ts";
import { planKey } from "#server/plan/plan-key.ts";
import { policyEvaluator } from "#server/policy/choose-evaluator.ts";
import { policiesInSpace } from "#server/policy/policy-settings.ts";
import { warnOfUnseen } from "#server/policy/unseen-changes.ts";
import { askPolicies, type Decision, usedPolicies } from "./decide.ts";
import { foldVerdicts, sortVerdicts } from "./fold-verdicts.ts";
import { type CostRange, judgeCost } from "./judge-cost.ts";
import { environmentInput, planInput } from "./policy-input.ts";
import { withRealPlans } from "./price-real-plans.ts";
import { readSurroundings } from "./read-surroundings.ts";
import type { PreparedRequest } from "./request.ts";

/** A decision on a real plan, and what the environment comes to with it. */
export type PlanDecision = Decision & {
  estimate: Estimate;
  /** Nothing but the cost needs approval: people can be asked about it. */
  waitsForCost: boolean;
};

/**
 * Judges the plan a driver really made for one grain, by the same plan policies that judged the static one, and its cost,
 * where that is another, by those of the request. Without any enabled plan policy and with the cost foreseen there is
 * nothing to ask: the request itself was decided before.
 */
export async function decidePlan(
  ctx: Context,
  prepared: PreparedRequest,
  planned: { grain: string; plan: Plan; approved: CostRange | null },
): Promise<PlanDecision> {
  const { grain, plan, approved } = planned;
  const began = performance.now();
  const enabled = (await policiesInSpace(ctx, prepared.request.spaceId)).filter(({ setting }) => setting.enabled);
  const ofPackage = (name: string) => enabled.filter(({ policy }) => policy.packageName === name);
  const real = await withRealPlans(ctx, prepared, { [grain]: plan });
  const pricedAt = performance.now();

  const around = await readSurroundings(ctx, real);
  const environment = environmentInput(real, around, { type: "Launch" });
  const planPolicies = ofPackage("torque.terraform_plan");
  const judged = warnOfUnseen(await askPolicies(planPolicies, planInput(plan, environment), around.now), plan);
  const onCost = await judgeCost(ofPackage("torque.environment"), { asked: prepared, real, around, approved });
  const verdicts = [...judged.map((verdict) => ({ ...verdict, grain })), ...onCost];

  const answered = new Set(verdicts.map(({ policy }) => policy));
  const policies = usedPolicies(enabled.filter(({ policy }) => answered.has(policy.name)));
  const nothingToAsk = {
    word: "Approved" as const,
    sentence: "No plan policy is enabled.",
    requiredApprovals: 0,
    warnings: [],
  };
  const parts = { ...prepared.parts, plan: digestOf(plan), policies: digestOf(policies) };
  const folded = verdicts.length === 0 ? nothingToAsk : foldVerdicts(verdicts);
  return {
    ...folded,
    verdicts: sortVerdicts(verdicts),
    planHash: digestOf(parts),
    parts,
    inputs: { environment, [planKey(grain)]: plan },
    policies,
    engine: policyEvaluator().engine,
    timing: { estimate: pricedAt - began, policies: performance.now() - pricedAt },
    estimate: real.estimate,
    waitsForCost: folded.word === "Manual" && judged.every(({ word }) => word === "Approved"),
  };
}
