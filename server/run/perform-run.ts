import { and, eq, inArray } from "drizzle-orm";
import { type RunKind, runSteps, runs } from "#db/schema/run.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import { renderOutputs } from "#server/blueprint/render.ts";
import type { Context } from "#server/context.ts";
import { crashpoint } from "#server/crashpoint.ts";
import { environmentObject } from "#server/environment-ref.ts";
import { seal } from "#server/secret/seal.ts";
import { acceptDrift } from "./accept-drift.ts";
import { type ApplyEnd, applyGrains } from "./apply-grains.ts";
import { beginRun } from "./begin-run.ts";
import { destroyGrains } from "./destroy-grains.ts";
import { readGrainOutputs } from "./grain-outputs.ts";
import { templateRoots } from "./grain-step.ts";
import { lookForDrift } from "./look-for-drift.ts";
import type { RunOutcome, RunRequest } from "./run.ts";
import { openRunLog } from "./run-log.ts";
import { listStepRows } from "./run-step.ts";
import { environmentPlace, loadRunSubject } from "./run-subject.ts";
import { type RunWork, type StepRow, throwIfLetGo, writeFenced } from "./run-work.ts";
import { watchRun } from "./watch-run.ts";

/**
 * Carries out one run from where it stands: after a crash the steps that ended are not repeated. Returns null when the
 * run was over already. Throws when the worker must let go of it, so that the next one goes on.
 */
export async function performRun(ctx: Context, request: RunRequest): Promise<RunOutcome | null> {
  const subject = await loadRunSubject(ctx, request.environmentId);
  const begun = await beginRun(ctx, request, subject);
  if (!begun) return null;
  const log = openRunLog(ctx, { id: begun.run.id, environmentId: subject.environment.id, spaceId: subject.space.id });
  log.hide(subject.sensitiveInputs);
  const watch = await watchRun(ctx, request);
  const work: RunWork = { ctx, request, subject, run: begun.run, log, signal: watch.signal };
  try {
    const outcome = await flows[begun.run.kind](work, begun.steps);
    throwIfLetGo(request);
    await log.flush();
    await finishRun(work, outcome);
    return outcome;
  } finally {
    watch.end();
    await log.flush().catch(() => undefined);
  }
}

const flows: Record<RunKind, (work: RunWork, steps: StepRow[]) => Promise<RunOutcome>> = {
  launch: bringUp,
  update: bringUp,
  restore: bringUp,
  terminate: takeDown,
  drift: lookAround,
  accept: takeOver,
};

const nothing = {
  outputs: [],
  sealedOutputs: null,
  leftovers: [],
  unverified: [],
  stoppedByPolicy: false,
  drift: null,
};

async function bringUp(work: RunWork, steps: StepRow[]): Promise<RunOutcome> {
  return ended(work, steps, await applyGrains(work, steps));
}

async function ended(work: RunWork, steps: StepRow[], { states, denied }: ApplyEnd): Promise<RunOutcome> {
  const { kind } = work.run;
  throwIfLetGo(work.request);
  const failed = [...states].find(([, state]) => state === "failed");
  const base = { ...nothing, kind, stoppedByPolicy: denied };
  if (failed) return { ...base, state: "failed", error: await failureOf(work, failed[0]) };
  const complete = states.size === steps.length && ![...states.values()].includes("cancelled");
  if (!complete) return { ...base, state: "cancelled", error: "Cancelled." };
  try {
    return { ...base, state: "succeeded", error: null, ...(await outputsOf(work)) };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { ...base, state: "failed", error: work.log.redact(`The outputs can't be rendered: ${text}`) };
  }
}

async function takeDown(work: RunWork, steps: StepRow[]): Promise<RunOutcome> {
  const end = await destroyGrains(work, steps);
  throwIfLetGo(work.request);
  const { leftovers, unverified } = end;
  const base = { ...nothing, kind: "terminate" as const, leftovers, unverified };
  if (end.verified === "cancelled") return { ...base, state: "cancelled", error: "Cancelled." };
  if (end.verified === "failed") return { ...base, state: "failed", error: await failureOf(work, "") };
  if (leftovers.length === 0) return { ...base, state: "succeeded", error: null };
  const many = leftovers.length === 1 ? "1 resource is" : `${leftovers.length} resources are`;
  return { ...base, state: "failed", error: `${many} left.` };
}

async function lookAround(work: RunWork, steps: StepRow[]): Promise<RunOutcome> {
  const drift = await lookForDrift(work, steps);
  throwIfLetGo(work.request);
  const base = { ...nothing, kind: "drift" as const, drift };
  if (work.signal.aborted) return { ...base, state: "cancelled", error: "Cancelled." };
  const failed = (await listStepRows(work.ctx, work.run.id)).find(({ state }) => state === "failed");
  if (failed) return { ...base, state: "failed", error: await failureOf(work, failed.grain) };
  return { ...base, state: "succeeded", error: null };
}

async function takeOver(work: RunWork, steps: StepRow[]): Promise<RunOutcome> {
  const { states, denied } = await acceptDrift(work, steps);
  return ended(work, steps, { states, denied });
}

async function failureOf(work: RunWork, grain: string): Promise<string> {
  const rows = await listStepRows(work.ctx, work.run.id);
  const row = rows.find((step) => step.grain === grain && step.state === "failed");
  return `${grain ? `${grain}: ` : ""}${row?.error ?? "It failed."}`;
}

/** The environment's outputs; one that contains a secret is treated as one. */
async function outputsOf(work: RunWork): Promise<Pick<RunOutcome, "outputs" | "sealedOutputs">> {
  const { environment, blueprint, sensitiveInputs } = work.subject;
  const roots = await templateRoots(work);
  const { secrets } = await readGrainOutputs(work.ctx, environment);
  const hidden = [...secrets, ...sensitiveInputs].filter((secret) => secret.length > 0);
  const rendered = renderOutputs(blueprint, roots).map((output) => ({
    ...output,
    sensitive: output.sensitive || hidden.some((secret) => output.value.includes(secret)),
  }));
  const sensitive = Object.fromEntries(
    rendered.filter((output) => output.sensitive).map(({ name, value }) => [name, value]),
  );
  return {
    outputs: rendered.map(({ name, value, kind, quick, sensitive: secret }) => ({
      name,
      value: secret ? "" : value,
      kind,
      quick,
      sensitive: secret,
    })),
    sealedOutputs: Object.keys(sensitive).length
      ? seal(JSON.stringify(sensitive), environmentPlace(environment, "sealed_outputs"))
      : null,
  };
}

async function finishRun(work: RunWork, outcome: RunOutcome): Promise<void> {
  const { run, subject, request } = work;
  crashpoint("run.before-finish");
  await writeFenced(work, async (tx) => {
    // The environment is locked before its run, as by the verbs that ask for a cancel.
    await request.finish(tx, outcome);
    const finishedAt = tx.clock.now();
    await tx.db.update(runs).set({ state: outcome.state, error: outcome.error, finishedAt }).where(eq(runs.id, run.id));
    await tx.db
      .update(runSteps)
      .set({ state: "cancelled", summary: "Not begun.", finishedAt })
      .where(and(eq(runSteps.runId, run.id), inArray(runSteps.state, ["waiting"])));
    await recordEvent(tx, {
      action: "run.finished",
      spaceId: run.spaceId,
      object: environmentObject(subject.environment),
      outcome: outcome.state === "succeeded" ? "success" : "failed",
      data: {
        kind: run.kind satisfies RunKind,
        state: outcome.state,
        runId: run.id,
        attempt: run.attempt,
        error: outcome.error,
        leftovers: outcome.leftovers.map(({ address }) => address),
        unverified: outcome.unverified,
      },
    });
  });
  crashpoint("run.after-finish");
}
