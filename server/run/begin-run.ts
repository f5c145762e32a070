import { eq } from "drizzle-orm";
import { type RunKind, runSteps, runs } from "#db/schema/run.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import type { Context } from "#server/context.ts";
import { crashpoint } from "#server/crashpoint.ts";
import { environmentObject } from "#server/environment-ref.ts";
import type { RunRequest } from "./run.ts";
import { inOrder, reversed } from "./run-order.ts";
import { listStepRows } from "./run-step.ts";
import type { RunSubject } from "./run-subject.ts";
import { type RunRow, type StepRow, writeFenced } from "./run-work.ts";

/** Takes up a run where it stands, making its steps the first time; null when it is over already. */
export async function beginRun(
  ctx: Context,
  request: RunRequest,
  subject: RunSubject,
): Promise<{ run: RunRow; steps: StepRow[] } | null> {
  crashpoint("run.before-start");
  const begun = await writeFenced({ ctx, request, subject }, async (tx) => {
    const [run] = await tx.db.select().from(runs).where(eq(runs.id, request.runId)).for("update");
    if (!run || !["queued", "running"].includes(run.state)) return null;
    const now = tx.clock.now();
    const started = { state: "running" as const, jobId: request.lease.jobId, heartbeatAt: now };
    await tx.db
      .update(runs)
      .set({ ...started, startedAt: run.startedAt ?? now })
      .where(eq(runs.id, run.id));
    if (run.state === "queued") {
      crashpoint("run.before-steps");
      await tx.db.insert(runSteps).values(stepsOf(run, subject));
      await recordEvent(tx, {
        action: "run.started",
        spaceId: run.spaceId,
        object: environmentObject(subject.environment),
        data: { kind: run.kind, attempt: run.attempt, runId: run.id },
      });
      crashpoint("run.after-steps");
    }
    return { run: { ...run, ...started }, steps: await listStepRows(tx, run.id) };
  });
  crashpoint("run.after-start");
  return begun;
}

/** One step a grain, in the order they are shown; a terminate ends with the verification. */
function stepsOf(run: RunRow, { blueprint, environment }: RunSubject): (typeof runSteps.$inferInsert)[] {
  const parts = blueprint.grains.map(({ name, dependsOn }) => ({ name, after: dependsOn }));
  const down = run.kind === "terminate";
  const names = inOrder(down ? reversed(parts) : parts);
  const common = { runId: run.id, environmentId: environment.id, state: "waiting" as const, attempt: 0 };
  const verb = stepVerbs[run.kind];
  const steps: (typeof runSteps.$inferInsert)[] = names.map((grain, position) => ({
    ...common,
    grain,
    verb,
    position,
  }));
  if (down) steps.push({ ...common, grain: "", verb: "verify", position: names.length });
  return steps;
}

const stepVerbs = {
  launch: "apply",
  update: "apply",
  restore: "apply",
  accept: "accept",
  terminate: "destroy",
  drift: "drift",
} as const satisfies Record<RunKind, string>;
