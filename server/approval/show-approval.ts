import { and, desc, eq, ne } from "drizzle-orm";
import { z } from "zod";
import { approvalRequests } from "#db/schema/approval.ts";
import { blueprintRevisions } from "#db/schema/blueprint.ts";
import { environments } from "#db/schema/environment.ts";
import { people } from "#db/schema/person.ts";
import { decisions } from "#db/schema/policy.ts";
import { canSeeSpace, requirePermission } from "#server/auth/permissions.ts";
import type { Blueprint } from "#server/blueprint/blueprint.ts";
import type { Context } from "#server/context.ts";
import { environmentRef } from "#server/environment-ref.ts";
import { Problem } from "#server/errors.ts";
import { realPlansIn } from "#server/plan/plan-key.ts";
import { whyNotVote } from "./approval-rules.ts";
import { listVoters, votesOf } from "./list-approvals.ts";

export const ApprovalInput = z.object({ id: z.uuid() });

export type InputDifference = { field: string; from: string | null; to: string | null };

function differences(before: Record<string, string>, after: Record<string, string>): InputDifference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .map((field) => ({ field, from: before[field] ?? null, to: after[field] ?? null }))
    .filter(({ from, to }) => from !== to);
}

/** What changed against the newest environment of the same blueprint that people approved here; null when there is none. */
async function diffToLastApproved(
  ctx: Context,
  request: typeof approvalRequests.$inferSelect,
  environment: typeof environments.$inferSelect,
) {
  const [last] = await ctx.db
    .select({
      number: environments.number,
      inputs: environments.inputs,
      durationMinutes: environments.durationMinutes,
      revisionId: environments.revisionId,
    })
    .from(approvalRequests)
    .innerJoin(environments, eq(environments.id, approvalRequests.environmentId))
    .where(
      and(
        eq(approvalRequests.spaceId, request.spaceId),
        eq(approvalRequests.state, "approved"),
        eq(environments.blueprintName, environment.blueprintName),
        ne(environments.id, environment.id),
      ),
    )
    .orderBy(desc(approvalRequests.settledAt))
    .limit(1);
  if (!last) return null;
  const withDuration = (row: Pick<typeof last, "inputs" | "durationMinutes" | "revisionId">) => ({
    ...row.inputs,
    "duration (minutes)": row.durationMinutes === null ? "no end" : String(row.durationMinutes),
    "blueprint revision": row.revisionId.slice(0, 8),
  });
  return { ref: environmentRef(last), changes: differences(withDuration(last), withDuration(environment)) };
}

/** What would be carried out: a real plan that was judged stands in the place of the one foreseen. */
function shownPlans(foreseen: Record<string, unknown> | null, decision: { inputs: Record<string, unknown> }) {
  return { ...foreseen, ...realPlansIn(decision.inputs) };
}

/** Everything an approver needs on one page: what would run, what it costs, what the policies said, and who may decide. */
export async function showApproval(ctx: Context, input: z.infer<typeof ApprovalInput>) {
  const [row] = await ctx.db
    .select({
      request: approvalRequests,
      environment: environments,
      decision: decisions,
      document: blueprintRevisions.document,
      digest: blueprintRevisions.digest,
      ownerName: people.name,
    })
    .from(approvalRequests)
    .innerJoin(environments, eq(environments.id, approvalRequests.environmentId))
    .innerJoin(decisions, eq(decisions.id, approvalRequests.decisionId))
    .leftJoin(blueprintRevisions, eq(blueprintRevisions.id, environments.revisionId))
    .leftJoin(people, eq(people.id, environments.ownerId))
    .where(eq(approvalRequests.id, input.id));
  if (!row || !canSeeSpace(ctx.actor, row.request.spaceId))
    throw new Problem("not_found", "There is no such approval request.");
  requirePermission(ctx.actor, "approval.read", row.request.spaceId);
  const { request, decision, ownerName, digest } = row;
  const { sealedInputs: _inputs, sealedOutputs: _outputs, ...environment } = row.environment;
  const votes = (await votesOf(ctx, [request.id])).get(request.id) ?? [];
  const why = whyNotVote(ctx.actor, request, votes, ctx.clock.now());
  const voters = await listVoters(ctx, request.spaceId);
  const blueprint = row.document as Blueprint | null;
  return {
    ...request,
    environment: {
      ...environment,
      plan: shownPlans(environment.plan, decision),
      ref: environmentRef(environment),
      ownerName,
      revisionDigest: digest,
    },
    blueprint: blueprint && {
      title: blueprint.title,
      icon: blueprint.icon,
      inputs: blueprint.inputs,
      owner: blueprint.owner,
    },
    decision,
    votes,
    canVote: why === undefined,
    whyNot: why ?? null,
    eligible: voters.filter((voter) => !request.barredIds.includes(voter.id)),
    diffToLastApproved: await diffToLastApproved(ctx, request, row.environment),
  };
}
