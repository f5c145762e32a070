import { z } from "zod";
import { requirePermission } from "#server/auth/permissions.ts";
import type { Context } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import type { Decision } from "./decide.ts";
import { type environmentInput, planInput } from "./policy-input.ts";
import { findDecision, readPlans } from "./reevaluate-decision.ts";

export const JudgedDocumentInput = z.object({
  decisionId: z.uuid(),
  policyName: z.string().max(100),
  /** The grain whose plan was judged; none for a policy of the request itself. */
  grain: z.string().max(200).optional(),
});

/** What a policy was asked about in a stored decision, and with which limits: something real to try a change on. */
export async function findJudgedDocument(ctx: Context, input: z.infer<typeof JudgedDocumentInput>) {
  const row = await findDecision(ctx, input.decisionId);
  requirePermission(ctx.actor, "policy.read", row.spaceId);
  const document = row.inputs.environment as ReturnType<typeof environmentInput>;
  const data = (row.policies as Decision["policies"])[input.policyName]?.data ?? {};
  if (input.grain === undefined) return { input: document as unknown, data };
  const plan = (await readPlans(ctx, row))[input.grain];
  if (!plan) throw new Problem("not_found", "The plan it judged is no longer kept.");
  return { input: planInput(plan, document) as unknown, data };
}
