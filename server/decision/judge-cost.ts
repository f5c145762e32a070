import type { Context } from "#server/context.ts";
import type { Estimate } from "#server/cost/cost.ts";
import { amount } from "#server/cost/money.ts";
import { shownMonthly } from "#server/cost/shown-monthly.ts";
import type { PolicyInUse } from "#server/policy/policy-settings.ts";
import type { Verdict } from "#server/policy/verdict.ts";
import { askPolicies } from "./decide.ts";
import { isWorse } from "./fold-verdicts.ts";
import { environmentInput, type Surroundings } from "./policy-input.ts";
import { readSurroundings } from "./read-surroundings.ts";
import type { PreparedRequest } from "./request.ts";

/** Whether the real plan costs more than the whole range that was approved. Where that was open above, nothing exceeds it. */
function exceeds(real: Estimate, approved: Estimate): boolean {
  const { upper } = approved.total;
  return upper !== null && amount(real.total.lower).greaterThan(amount(upper));
}

function monthly(estimate: Estimate): string {
  const figure = shownMonthly(estimate);
  return figure === null ? "an unknown cost" : `${figure.toFixed(2)} USD a month`;
}

/**
 * What the policies of the request say only because the real plan costs something else than what they were asked about
 * before: words that got worse, and approvals that were given for less. Anything else they were asked at the launch.
 */
export async function judgeCost(
  ctx: Context,
  policies: PolicyInUse[],
  { asked, real }: { asked: PreparedRequest; real: { prepared: PreparedRequest; around: Surroundings } },
): Promise<Verdict[]> {
  if (asked === real.prepared) return [];
  const ask = (prepared: PreparedRequest, around: Surroundings) =>
    askPolicies(policies, environmentInput(prepared, around, { type: "Launch" }), around.now);
  const before = await ask(asked, await readSurroundings(ctx, asked));
  const now = await ask(real.prepared, real.around);
  const isDearer = exceeds(real.prepared.estimate, asked.estimate);
  const counts = (verdict: Verdict, at: number) => {
    const word = before[at]?.word ?? "Approved";
    return isWorse(verdict.word, word) || (isDearer && verdict.word === "Manual" && word === "Manual");
  };
  const difference = `It was judged at ${monthly(asked.estimate)}; the real plan comes to ${monthly(real.prepared.estimate)}.`;
  const withDifference = (verdict: Verdict) => ({
    ...verdict,
    hint: [verdict.hint, difference].filter(Boolean).join(" "),
  });
  return now.filter(counts).map(withDifference);
}
