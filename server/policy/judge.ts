import { z } from "zod";
import type { PolicyEvaluator, PolicyQuestion } from "./evaluator.ts";
import { type DecisionWord, decisionWords, type Verdict } from "./verdict.ts";

const text = z.string().max(2000);
const Limit = z.object({ path: text, value: z.unknown() });
const Extras = {
  rule: text.optional(),
  field: text.optional(),
  slot: text.optional(),
  allowed: z.unknown().optional(),
  limit: Limit.optional(),
  hint: text.optional(),
};
const Result = z.object({
  ...Extras,
  decision: z.enum(decisionWords),
  reason: text.default(""),
  approvals: z.number().int().min(1).max(10).optional(),
  warnings: z.array(text).max(50).default([]),
});
const Denial = z.union([text.transform((msg) => ({ msg })), z.object({ ...Extras, msg: text })]);
type DenialEntry = z.infer<typeof Denial> & Partial<z.infer<z.ZodObject<typeof Extras>>>;
const Denials = z.array(Denial).max(500);

type Judged = Partial<Verdict> & { word: DecisionWord; reason: string; warnings: string[] };

function asList(allowed: unknown): unknown[] | undefined {
  return allowed === undefined ? undefined : Array.isArray(allowed) ? allowed : [allowed];
}

function extrasOf(entry: Partial<DenialEntry>): Partial<Verdict> {
  const { rule, field, hint, limit } = entry;
  const allowed = asList(entry.allowed);
  return {
    ...(rule && { rule }),
    ...(field && { field }),
    ...(entry.slot && !field && { field: `slot:${entry.slot}` }),
    ...(hint && { hint }),
    ...(limit && { limit }),
    ...(allowed && { allowed }),
  };
}

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

function readDenials(deny: unknown, warn: unknown): Judged {
  if (deny === undefined) throw new Error("The policy has no deny rule.");
  const denials = Denials.safeParse(deny);
  const warnings = Denials.safeParse(warn ?? []);
  if (!denials.success || !warnings.success) throw new Error("deny and warn must be sets of messages.");
  const warned = warnings.data.map((entry) => entry.msg);
  const first: DenialEntry | undefined = denials.data[0];
  if (!first) return { word: "Approved", reason: "Nothing to refuse in this plan.", warnings: warned };
  const messages = denials.data.map((entry) => entry.msg);
  const shown = messages.slice(0, 5).join(" ");
  const more = messages.length > 5 ? ` And ${messages.length - 5} more.` : "";
  return { ...extrasOf(first), word: "Denied", reason: shown + more, warnings: warned };
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
    const { facts, rule, location } = answer;
    return { ...base, facts, ...(rule && { rule }), ...(location && { location }), ...judged, tookMs: took() };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const reason = `The policy ${policy.title} failed, so nothing passes it: ${message}`;
    return { ...base, word: "Denied", reason, facts: [], warnings: [], error: message, tookMs: took() };
  }
}
