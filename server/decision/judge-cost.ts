import type { Estimate } from "#server/cost/cost.ts";
import { amount } from "#server/cost/money.ts";
import { shownMonthly } from "#server/cost/shown-monthly.ts";
import type { PolicyInUse } from "#server/policy/policy-settings.ts";
import type { Verdict } from "#server/policy/verdict.ts";
import { askPolicies } from "./decide.ts";
import { isWorse } from "./fold-verdicts.ts";
import { environmentInput, type Surroundings } from "./policy-input.ts";
import type { PreparedRequest } from "./request.ts";

/** Whether a cost is certainly above a whole range. Where that is open above, nothing exceeds it. */
function exceeds(cost: CostRange, range: CostRange): boolean {
  return range.upper !== null && amount(cost.lower).greaterThan(amount(range.upper));
}

function monthly(estimate: Estimate): string {
  const figure = shownMonthly(estimate);
  return figure === null ? "an unknown cost" : `${figure.toFixed(2)} USD a month`;
}

/** A cost from below to above, USD a month; `upper` is null where nobody knows how much more it may be. */
export type CostRange = Pick<Estimate["total"], "lower" | "upper">;

type Judged = {
  asked: PreparedRequest;
  real: PreparedRequest;
  around: Surroundings;
  /** What people approved of an earlier real plan, if they did. */
  approved: CostRange | null;
};

/**
 * What the policies of the request say only because the real plan costs something else than what they were asked about
 * before: words that got worse, and approvals that were given for less. Anything else they were asked at the launch. An
 * approval of the real cost counts for as much as it was given.
 */
export async function judgeCost(
  policies: PolicyInUse[],
  { asked, real, around, approved }: Judged,
): Promise<Verdict[]> {
  if (asked === real) return [];
  const ask = (prepared: PreparedRequest) =>
    askPolicies(policies, environmentInput(prepared, around, { type: "Launch" }), around.now);
  const [before, now] = await Promise.all([ask(asked), ask(real)]);
  const cost = real.estimate.total;
  const isDearer = exceeds(cost, asked.estimate.total);
  const isApproved = approved !== null && !exceeds(cost, approved);
  const counts = ({ word }: Verdict, at: number) => {
    const earlier = before[at]?.word ?? "Approved";
    if (word === "Manual" && isApproved) return false;
    return isWorse(word, earlier) || (isDearer && word === "Manual" && earlier === "Manual");
  };
  const difference = `It was judged at ${monthly(asked.estimate)}; the real plan comes to ${monthly(real.estimate)}.`;
  const withDifference = (verdict: Verdict) => ({
    ...verdict,
    hint: [verdict.hint, difference].filter(Boolean).join(" "),
  });
  return now.filter(counts).map(withDifference);
}
