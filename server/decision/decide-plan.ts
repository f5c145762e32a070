import { digestOf } from "#server/canonical-json.ts";
import type { Context } from "#server/context.ts";
import type { Plan } from "#server/plan/plan.ts";
import { policyEvaluator } from "#server/policy/choose-evaluator.ts";
import { policiesInSpace } from "#server/policy/policy-settings.ts";
import { warnOfUnseen } from "#server/policy/unseen-changes.ts";
import { askPolicies, type Decision, usedPolicies } from "./decide.ts";
import { foldVerdicts, sortVerdicts } from "./fold-verdicts.ts";
import { environmentInput, planInput } from "./policy-input.ts";
import { readSurroundings } from "./read-surroundings.ts";
import type { PreparedRequest } from "./request.ts";

/**
 * Judges the plan a driver really made for one grain, by the same plan policies that judged the static one. Without any
 * enabled plan policy there is nothing to ask: the request itself was decided before.
 */
export async function decidePlan(
  ctx: Context,
  prepared: PreparedRequest,
  planned: { grain: string; plan: Plan },
): Promise<Decision> {
  const began = performance.now();
  const around = await readSurroundings(ctx, prepared);
  const used = (await policiesInSpace(ctx, prepared.request.spaceId)).filter(
    ({ policy, setting }) => setting.enabled && policy.packageName === "torque.terraform_plan",
  );
  const environment = environmentInput(prepared, around, { type: "Launch" });
  const judged = await askPolicies(used, planInput(planned.plan, environment), around.now);
  const verdicts = warnOfUnseen(judged, planned.plan).map((verdict) => ({ ...verdict, grain: planned.grain }));
  const folded =
    used.length === 0
      ? { word: "Approved" as const, sentence: "No plan policy is enabled.", requiredApprovals: 0, warnings: [] }
      : foldVerdicts(verdicts);
  const policies = usedPolicies(used);
  const parts = { ...prepared.parts, plan: digestOf(planned.plan), policies: digestOf(policies) };
  return {
    ...folded,
    verdicts: sortVerdicts(verdicts),
    planHash: digestOf(parts),
    parts,
    inputs: { environment, [`plan:${planned.grain}`]: planned.plan },
    policies,
    engine: policyEvaluator().engine,
    timing: { policies: performance.now() - began },
  };
}
