import { and, eq } from "drizzle-orm";
import { approvalRequests } from "#db/schema/approval.ts";
import { environments } from "#db/schema/environment.ts";
import { systemActor } from "#server/actor.ts";
import { rulesOnly } from "#server/assistant/choose-planner.ts";
import { proposeDraft } from "#server/assistant/propose-draft.ts";
import { loadActor } from "#server/auth/load-actor.ts";
import { actingAs, type Context } from "#server/context.ts";
import { createDraft, editDraft } from "#server/decision/draft.ts";
import { expireApprovals, expireDue } from "#server/environment/expire-environments.ts";
import { launchDraft } from "#server/environment/launch-draft.ts";
import { type LaunchAnswer, launchEnvironment } from "#server/environment/launch-environment.ts";
import { endEnvironment, startEnvironment } from "#server/environment/run-environment.ts";
import { terminateEnvironment } from "#server/environment/terminate-environment.ts";
import { voteOnApproval } from "#server/environment/vote-on-approval.ts";
import { withdrawRequest } from "#server/environment/withdraw-request.ts";
import { Problem } from "#server/errors.ts";
import { claimJob } from "#server/job/claim-job.ts";
import { finishJob } from "#server/job/settle-job.ts";
import { changePolicy, policiesInSpace } from "#server/policy/policy-settings.ts";
import type { MovedClock } from "./moved-clock.ts";
import { type Chapter, type Later, tellStory } from "./story.ts";

type Cast = { spaces: Record<string, string>; people: Record<string, string> };
type Stage = { ctx: Context; clock: MovedClock; cast: Cast };
type Act = { at: Date; play(): Promise<Act[]> };

/** Who does the story's jobs. */
export const stageHand = "demo";
const hour = 3_600_000;

async function as({ ctx, cast }: Stage, who: string): Promise<Context> {
  const actor = await loadActor(ctx.db, cast.people[who] ?? "");
  if (!actor) throw new Error(`The demo has nobody called ${who}.`);
  return { ...actingAs(ctx, actor), via: "ui" };
}

/** Does the queued work at once, by the verbs that the worker calls. */
async function work({ ctx }: Stage): Promise<void> {
  const worker = { ...actingAs(ctx, systemActor("worker")), via: "worker" as const };
  const { signal } = new AbortController();
  for (;;) {
    const job = await claimJob(worker, { worker: stageHand, leaseSeconds: 120 });
    if (!job) return;
    if (job.kind === "launch_environment") await startEnvironment(worker, { ...job.payload, lease: job.lease, signal });
    if (job.kind === "end_environment") await endEnvironment(worker, { ...job.payload, lease: job.lease, signal });
    await finishJob(worker, job.lease);
  }
}

/** Brings the story to an instant: whatever was due before it happens first. */
async function passTo(stage: Stage, at: Date): Promise<void> {
  const { ctx, clock } = stage;
  clock.moveTo(at);
  const schedule = { ...actingAs(ctx, systemActor("schedule")), via: "schedule" as const };
  await expireDue(schedule);
  await expireApprovals(schedule);
  await work(stage);
}

/** What an earlier telling of the story, cut off somewhere, has launched for a chapter already. */
async function findTold(
  { ctx, cast }: Stage,
  { space, name }: Chapter,
): Promise<{ environmentId: string } | undefined> {
  const [told] = await ctx.db
    .select({ environmentId: environments.id })
    .from(environments)
    .where(and(eq(environments.spaceId, cast.spaces[space] ?? ""), eq(environments.name, name)));
  return told;
}

async function ask(stage: Stage, chapter: Chapter): Promise<Pick<LaunchAnswer, "environmentId">> {
  const told = await findTold(stage, chapter);
  if (told) return told;
  const ctx = await as(stage, chapter.who);
  const spaceId = stage.cast.spaces[chapter.space] ?? "";
  const durationMinutes = chapter.hours * 60;
  if (chapter.prompt) {
    const draft = await createDraft(ctx, { spaceId, changes: {} });
    const { draft: filled } = await proposeDraft(ctx, { draftId: draft.id, prompt: chapter.prompt }, rulesOnly);
    const named = await editDraft(ctx, { id: draft.id, version: filled.version, changes: { name: chapter.name } });
    return launchDraft(ctx, { id: draft.id, version: named.version, idempotencyKey: `demo-${draft.id}` });
  }
  const { blueprint: blueprintName, name, inputs = {} } = chapter;
  return launchEnvironment(ctx, {
    spaceId,
    blueprintName,
    name,
    inputs,
    durationMinutes,
    evidence: {},
    prompt: "",
    idempotencyKey: `demo-${chapter.space}-${name}`,
  });
}

async function vote(stage: Stage, environmentId: string, later: Later & { act: "approve" | "reject" }): Promise<void> {
  const open = and(eq(approvalRequests.environmentId, environmentId), eq(approvalRequests.state, "open"));
  const [request] = await stage.ctx.db.select().from(approvalRequests).where(open);
  if (!request) return;
  const { id: requestId, planHash } = request;
  const reason = later.act === "reject" ? later.reason : "";
  await voteOnApproval(await as(stage, later.by), { requestId, planHash, vote: later.act, reason });
}

async function endEarly(stage: Stage, environmentId: string, who: string): Promise<void> {
  const [environment] = await stage.ctx.db
    .select({ state: environments.state })
    .from(environments)
    .where(eq(environments.id, environmentId));
  if (environment?.state === "active")
    await terminateEnvironment(await as(stage, who), { environmentId, reason: "Done earlier than planned." });
}

/** Other limits in the chapter's space, from the version that holds then. */
async function setLimits(stage: Stage, { space }: Chapter, later: Later & { act: "limits" }): Promise<void> {
  const spaceId = stage.cast.spaces[space] ?? "";
  const { policy: policyName, data, reason } = later;
  const inUse = (await policiesInSpace(stage.ctx, spaceId)).find(({ policy }) => policy.name === policyName);
  const version = inUse?.setting.version ?? 0;
  if (JSON.stringify(inUse?.setting.data) === JSON.stringify(data)) return;
  await changePolicy(await as(stage, later.by), { spaceId, policyName, data, reason, version });
}

async function follow(
  stage: Stage,
  chapter: Chapter,
  { environmentId, later }: { environmentId: string; later: Later },
) {
  switch (later.act) {
    case "approve":
      return vote(stage, environmentId, { ...later, act: later.act });
    case "reject":
      return vote(stage, environmentId, later);
    case "withdraw":
      return takeBack(stage, environmentId, later.by);
    case "end":
      return endEarly(stage, environmentId, later.by);
    case "limits":
      return setLimits(stage, chapter, later);
  }
}

async function takeBack(stage: Stage, environmentId: string, who: string): Promise<void> {
  await withdrawRequest(await as(stage, who), { environmentId, action: "launch" });
}

/** A chapter as acts in time: asked for, then whatever people did about it. */
function actsOf(stage: Stage, chapter: Chapter, at: Date): Act[] {
  const play = async (): Promise<Act[]> => {
    const { environmentId } = await ask(stage, chapter);
    return (chapter.later ?? []).map((later) => ({
      at: new Date(at.getTime() + later.afterHours * hour),
      play: async () => {
        await follow(stage, chapter, { environmentId, later });
        return [];
      },
    }));
  };
  return [{ at, play }];
}

/**
 * Gives the demo a past by playing a story through the real verbs under a moved clock: nothing is inserted, so every page,
 * report and event is what the product itself made of it. What a chapter cannot do (a limit, a blueprint that is not
 * there) is left out of the story. Told again after it was cut off, it goes on where it was.
 */
export async function writePast(stage: Stage, now: Date, days: number): Promise<void> {
  const today = new Date(Math.floor(now.getTime() / 86_400_000) * 86_400_000);
  const evening = now.getTime() - 2 * hour;
  const whenOf = ({ daysAgo, hour: of }: Chapter) =>
    daysAgo === 0 ? evening + of * hour : today.getTime() - daysAgo * 86_400_000 + of * hour;
  const acts = tellStory(today, days).flatMap((chapter) => actsOf(stage, chapter, new Date(whenOf(chapter))));
  while (acts.length > 0) {
    acts.sort((a, b) => a.at.getTime() - b.at.getTime());
    const next = acts.shift()!;
    if (next.at >= now) continue;
    await passTo(stage, next.at);
    try {
      acts.push(...(await next.play()));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
    await work(stage);
  }
  await passTo(stage, now);
}
