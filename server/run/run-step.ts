import { asc, eq, sql } from "drizzle-orm";
import { runSteps } from "#db/schema/run.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import type { Context } from "#server/context.ts";
import { crashpoint } from "#server/crashpoint.ts";
import { environmentObject } from "#server/environment-ref.ts";
import { Problem } from "#server/errors.ts";
import { StepCancelled, StepFailed } from "#server/grain/driver.ts";
import { LeaseLost } from "#server/job/job.ts";
import type { PartState } from "./run-order.ts";
import { type RunWork, type StepRow, throwIfLetGo, writeFenced } from "./run-work.ts";

export type StepEnd = {
  summary: string;
  state?: "succeeded" | "skipped";
  /** Written in the transaction that ends the step. */
  also?(tx: Context): Promise<void>;
};

export function listStepRows(ctx: Pick<Context, "db">, runId: string): Promise<StepRow[]> {
  return ctx.db.select().from(runSteps).where(eq(runSteps.runId, runId)).orderBy(asc(runSteps.position));
}

/**
 * Does one step and writes down how it went. A step that ended before a crash is not repeated; one that was under way is
 * done again as the next attempt.
 */
export async function doStep(
  work: RunWork,
  step: StepRow,
  body: (attempt: number) => Promise<StepEnd>,
): Promise<PartState> {
  if (step.state !== "waiting" && step.state !== "running") return step.state;
  throwIfLetGo(work.request);
  if (work.signal.aborted) return endStep(work, step, { state: "cancelled", error: null });
  const attempt = await startStep(work, step);
  if (attempt > 1) work.log.write(step.id, "warn", `Attempt ${attempt}: the one before was interrupted.`);
  try {
    const end = await body(attempt);
    await work.log.flush();
    crashpoint("step.before-success");
    await writeFenced(work, async (tx) => {
      await end.also?.(tx);
      const state = end.state ?? "succeeded";
      await setStep(tx, step.id, { state, summary: end.summary, progress: null, finishedAt: tx.clock.now() });
    });
    crashpoint("step.after-success");
    return end.state ?? "succeeded";
  } catch (error) {
    throwIfLetGo(work.request);
    if (error instanceof LeaseLost || isDatabaseError(error)) throw error;
    return endStep(work, step, stepFailure(work, error));
  }
}

async function startStep(work: RunWork, step: StepRow): Promise<number> {
  crashpoint("step.before-start");
  const attempt = await writeFenced(work, async (tx) => {
    const [row] = await tx.db
      .update(runSteps)
      .set({ state: "running", attempt: sql`${runSteps.attempt} + 1`, startedAt: tx.clock.now(), error: null })
      .where(eq(runSteps.id, step.id))
      .returning({ attempt: runSteps.attempt });
    return row?.attempt ?? 1;
  });
  crashpoint("step.after-start");
  return attempt;
}

function stepFailure(work: RunWork, error: unknown): { state: "failed" | "cancelled"; error: string } {
  if (work.signal.aborted || error instanceof StepCancelled) return { state: "cancelled", error: "Cancelled." };
  const text = error instanceof Error ? error.message : String(error);
  const known = error instanceof StepFailed || error instanceof Problem;
  const remedy = known && error.remedy ? ` ${error.remedy}` : "";
  return {
    state: "failed",
    error: work.log.redact(`${known ? "" : "Unexpected error: "}${text}${remedy}`).slice(0, 2000),
  };
}

async function endStep(
  work: RunWork,
  step: StepRow,
  end: { state: "failed" | "cancelled"; error: string | null },
): Promise<PartState> {
  const { environment } = work.subject;
  if (end.error) work.log.write(step.id, "error", end.error);
  await work.log.flush();
  crashpoint("step.before-failure");
  await writeFenced(work, async (tx) => {
    await setStep(tx, step.id, { ...end, progress: null, finishedAt: tx.clock.now() });
    if (end.state !== "failed" || !end.error) return;
    await recordEvent(tx, {
      action: "run.step_failed",
      spaceId: environment.spaceId,
      object: environmentObject(work.subject.environment),
      outcome: "failed",
      data: { grain: step.grain, verb: step.verb, error: end.error, runId: work.run.id },
    });
  });
  crashpoint("step.after-failure");
  return end.state;
}

async function setStep(tx: Context, id: string, change: Partial<StepRow>): Promise<void> {
  await tx.db.update(runSteps).set(change).where(eq(runSteps.id, id));
}

/** The database refused or is away: that is no fault of the step, and the job's next try goes on where this one was. */
function isDatabaseError(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause.name === "DrizzleQueryError" || ("code" in cause && /^(ECONN|57P|08)/.test(String(cause.code))))
      return true;
  return false;
}
