import { z } from "zod";
import { type Context, inTransaction } from "#server/context.ts";
import { crashpoint } from "#server/crashpoint.ts";
import { Problem } from "#server/errors.ts";
import { enqueueOnce } from "#server/job/enqueue-job.ts";
import { lockEnvironment } from "./find-environment.ts";
import { type Environment, moveEnvironment } from "./move-environment.ts";
import { queueRun } from "./queue-run.ts";

export const DriftInput = z.object({ environmentId: z.uuid() });

function requireActive(environment: Environment): void {
  if (environment.state !== "active")
    throw new Problem(
      "conflict",
      `Only an active environment has drift; this one is ${environment.state.replaceAll("_", " ")}.`,
    );
}

/** Has an active environment compared with what was applied, soon. Asking twice looks once. */
export async function requestDriftCheck(ctx: Context, input: z.infer<typeof DriftInput>): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const environment = await lockEnvironment(tx, input.environmentId, "environment.retry");
    requireActive(environment);
    await enqueueOnce(tx, { kind: "check_drift", payload: { environmentId: environment.id }, maxAttempts: 3 });
  });
}

/** Applies again what was launched; the plan that this makes is judged by the plan policies like any other. */
export async function restoreDrift(ctx: Context, input: z.infer<typeof DriftInput>): Promise<Environment> {
  const restoring = await inTransaction(ctx, async (tx) => {
    const environment = await lockEnvironment(tx, input.environmentId, "environment.retry");
    requireActive(environment);
    if (environment.driftState !== "drifted")
      throw new Problem("conflict", "Nothing is known to have drifted. Check first.");
    const updating = await moveEnvironment(tx, environment, "update", { reason: "Restoring what drifted." });
    await queueRun(tx, updating, "restore");
    crashpoint("environment.restore-before-commit");
    return updating;
  });
  crashpoint("environment.restore-after-commit");
  return restoring;
}
