import { z } from "zod";
import type { PolicyEvaluator, PolicyQuestion } from "./evaluator.ts";
import { Extras, extrasOf, readDenials } from "./read-denials.ts";
import { type DecisionWord, decisionWords, type Verdict } from "./verdict.ts";

const text = z.string().max(2000);
const Result = z.object({
  ...Extras,
  decision: z.enum(decisionWords),
  reason: text.default(""),
  approvals: z.number().int().min(1).max(10).optional(),
  warnings: z.array(text).max(50).default([]),
});
type Judged = Partial<Verdict> & { word: DecisionWord; reason: string; warnings: string[] };

function readResult(result: unknown): Judged {
  if (result === undefined) throw new Error("The policy gave no result for this request.");
  const read = Result.safeParse(result);
  if (!read.success) throw new Error(`The policy's result is not usable: ${read.error.issues[0]?.message}.`);
  const { decision, reason, approvals, warnings } = read.data;
  return {
    ...extrasOf(read.data),
    word: decision,
    reason: reason || `${decision}.`,
    warnings,
    ...(approvals && { approvals }),
  };
}

/**
 * Asks one policy. Whatever goes wrong (error, time-out, no result, a result of another shape) is a denial that names the
 * policy: a policy that fails never lets anything pass.
 */
export async function judge(evaluator: PolicyEvaluator, question: PolicyQuestion): Promise<Verdict> {
  const { policy } = question;
  const began = performance.now();
  const base = { policy: policy.name, packageName: policy.packageName, title: policy.title, digest: policy.digest };
  const took = () => Math.round((performance.now() - began) * 1000) / 1000;
  try {
    const answer = await evaluator.evaluate(question);
    const isPlan = policy.packageName === "torque.terraform_plan";
    const judged = isPlan ? readDenials(answer.deny, answer.warn) : readResult(answer.result);
    const { facts, rule, location, decisionId } = answer;
    const place = { ...(rule && { rule }), ...(location && { location }), ...(decisionId && { decisionId }) };
    return { ...base, facts, ...place, ...judged, tookMs: took() };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const reason = `The policy ${policy.title} failed, so nothing passes it: ${message}`;
    return { ...base, word: "Denied", reason, facts: [], warnings: [], error: message, tookMs: took() };
  }
}
