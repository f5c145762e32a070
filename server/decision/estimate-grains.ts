import { Decimal } from "decimal.js";
import type { Blueprint } from "#server/blueprint/blueprint.ts";
import { config } from "#server/config.ts";
import type { DeclaredCost, Estimate } from "#server/cost/cost.ts";
import type { EstimateOptions } from "#server/cost/estimate.ts";
import { estimatePlan } from "#server/cost/estimate.ts";
import { grainPrefix, mergeEstimates } from "#server/cost/merge-estimates.ts";
import type { PlanDocument } from "#server/cost/plan-document.ts";
import { configuredSource } from "#server/cost/sources/configured-source.ts";
import { estimateAsBefore } from "#server/cost/sources/kept-prices.ts";
import { estimateWithSource } from "#server/cost/sources/price-source.ts";
import { unmatchedUsage } from "#server/cost/usage.ts";
import type { Plan } from "#server/plan/plan.ts";
import { redactPlan } from "#server/plan/redact-plan.ts";
import { grainUsage } from "./grain-usage.ts";
import { rootsBeforeRun } from "./plan-grains.ts";
import type { LaunchRequest } from "./request.ts";

type Priced = { request: LaunchRequest; values: Record<string, string> };

function declaredCosts(blueprint: Blueprint, values: Record<string, string>): DeclaredCost[] {
  return blueprint.declaredCosts.map(({ name, amount, per, times }) => {
    const factor = times === null ? 1 : Number(values[times] ?? 1);
    return { name, amount: new Decimal(amount).times(Number.isFinite(factor) ? factor : 1).toFixed(), per };
  });
}

/** A request that was priced before keeps what a connected source said then; a new one may ask. */
async function priceOne(
  plan: Plan,
  options: EstimateOptions,
  before: { estimate: Estimate | undefined; prefix: string; secrets: string[] },
) {
  const document = plan as PlanDocument;
  if (before.estimate) return estimateAsBefore(document, options, before.estimate, before.prefix);
  const source = configuredSource();
  if (!source) return estimatePlan(document, options);
  const shown = redactPlan(plan, before.secrets) as PlanDocument;
  return estimateWithSource(document, options, { source, shown, timeoutMs: config().INFRACOST_TIMEOUT_MS });
}

/** Prices every grain's plan, with the usage and the declared costs that the blueprint states, as one estimate. */
export async function estimateGrains(plans: Record<string, Plan>, priced: Priced): Promise<Estimate> {
  const { request, values } = priced;
  const { blueprint, files } = request.revision;
  const roots = { ...rootsBeforeRun(request, values), inputs: values };
  const runHours = request.durationMinutes === null ? {} : { runHours: request.durationMinutes / 60 };
  const names = Object.keys(plans);
  const stated = names.map((name, at) => {
    const modulePath = blueprint.grains.find((grain) => grain.name === name)?.spec.source?.path ?? "";
    return grainUsage(files, { modulePath, isFirst: at === 0 }, roots);
  });
  const estimates = await Promise.all(
    names.map(async (name, at) => {
      const { usage, warnings } = stated[at]!;
      const grain = names.length > 1 ? name : null;
      const secrets = Object.values(request.sensitiveInputs);
      const before = { estimate: request.pricedAs, prefix: grainPrefix(grain), secrets };
      const estimate = await priceOne(plans[name]!, { ...runHours, usage, warnings }, before);
      return { grain, estimate };
    }),
  );
  const usageFiles = [...new Set(stated.flatMap((one) => one.files))];
  const addresses = estimates.flatMap(({ estimate }) => estimate.resources.map((resource) => resource.address));
  const unmatched = unmatchedUsage(
    stated.map(({ usage }) => usage),
    addresses,
  );
  const warnings = unmatched.map((address) => ({
    code: "usage_unmatched",
    text: `The usage stated for ${address} is not used: the plan has no such resource`,
  }));
  return mergeEstimates(estimates, { declared: declaredCosts(blueprint, values), usageFiles, warnings });
}
