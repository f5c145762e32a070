import type { RunKind } from "#db/schema/run.ts";
import type { Context } from "#server/context.ts";
import { enqueueJob } from "#server/job/enqueue-job.ts";
import { openRun } from "#server/run/open-run.ts";
import type { Environment } from "./move-environment.ts";

const jobKinds = {
  launch: "launch_environment",
  update: "update_environment",
  terminate: "end_environment",
  drift: "check_drift",
  restore: "restore_drift",
  accept: "accept_drift",
} as const satisfies Record<RunKind, string>;

/** Promises a run in the caller's transaction: the run's record and the job that will do it. */
export async function queueRun(
  tx: Context,
  environment: Environment,
  kind: RunKind,
  runAt?: Date,
): Promise<{ runId: string }> {
  const { id: environmentId, spaceId, blueprintName } = environment;
  const run = await openRun(tx, { environmentId, spaceId, blueprintName, kind });
  await enqueueJob(tx, { kind: jobKinds[kind], payload: { environmentId, runId: run.id }, ...(runAt && { runAt }) });
  return { runId: run.id };
}
