import type { z } from "zod";
import { listVoters } from "#server/approval/list-approvals.ts";
import { whereItWouldRun } from "#server/blueprint/catalog/where-it-runs.ts";
import type { Context } from "#server/context.ts";
import { shownHourly, shownMonthly } from "#server/cost/shown-monthly.ts";
import { type DraftIdInput, findDraftRow } from "#server/decision/draft.ts";
import { draftFields } from "#server/decision/draft-fields.ts";
import { type EvidenceByField, unconfirmedAssumptions } from "#server/decision/evidence.ts";
import { previewLaunch } from "#server/decision/preview-launch.ts";
import { countOwned } from "#server/decision/quota-facts.ts";
import type { FieldProblem } from "#server/decision/request.ts";
import { Problem } from "#server/errors.ts";
import { summarizePlan } from "#server/plan/summarize-plan.ts";
import { policiesInSpace } from "#server/policy/policy-settings.ts";
import { endOf } from "./launch-environment.ts";

async function quotaOf(ctx: Context, spaceId: string): Promise<{ used: number; limit: number } | null> {
  const policies = await policiesInSpace(ctx, spaceId);
  const limit = policies.find(({ policy, setting }) => policy.name === "environments-per-owner" && setting.enabled)
    ?.setting.data.max_active;
  return typeof limit === "number" ? { used: await countOwned(ctx, spaceId, ctx.actor.id), limit } : null;
}

/** Everything the launch page's summary shows: verdict so far, plan, estimate, end, quota, and what is still missing. */
export async function previewDraft(ctx: Context, input: z.infer<typeof DraftIdInput>) {
  const draft = await findDraftRow(ctx, input.id);
  const quota = await quotaOf(ctx, draft.spaceId);
  const assumptions = unconfirmedAssumptions(draft.evidence as EvidenceByField);
  const base = { version: draft.version, quota, assumptions };
  const unready = (problems: FieldProblem[]) => ({
    ...base,
    problems,
    runsOn: null,
    decision: null,
    estimate: null,
    monthly: null,
    hourly: null,
    plans: {},
    endsAtIfNow: null,
    eligible: [],
  });
  try {
    const preview = await previewLaunch(ctx, draftFields(draft));
    if (preview.kind === "problems") return unready(preview.problems);
    const { decision, prepared } = preview;
    const { inputs: _documents, ...shown } = decision;
    const voters = decision.word === "Manual" ? await listVoters(ctx, draft.spaceId) : [];
    return {
      ...base,
      problems: [],
      runsOn: await whereItWouldRun(ctx, draft.spaceId, prepared.request.revision.blueprint),
      decision: shown,
      estimate: prepared.estimate,
      monthly: shownMonthly(prepared.estimate),
      hourly: shownHourly(prepared.estimate),
      plans: Object.fromEntries(Object.entries(prepared.plans).map(([grain, plan]) => [grain, summarizePlan(plan)])),
      endsAtIfNow: endOf(ctx.clock.now(), draft.durationMinutes),
      eligible: voters.filter((voter) => voter.id !== ctx.actor.id),
    };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { code, message, remedy, place } = error;
    const field = code === "conflict" ? "blueprint" : (place?.path ?? "blueprint");
    return unready([{ field, message, remedy: remedy ?? "" }]);
  }
}
