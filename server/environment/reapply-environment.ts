import { eq } from "drizzle-orm";
import { environments } from "#db/schema/environment.ts";
import type { Context } from "#server/context.ts";
import { performRun } from "#server/run/perform-run.ts";
import type { RunOutcome } from "#server/run/run.ts";
import { lockEnvironment } from "./find-environment.ts";
import { judgePlan } from "./judge-plan.ts";
import { moveEnvironment } from "./move-environment.ts";
import { credentialsOf, type RunOrder } from "./run-environment.ts";

async function finishReapply(tx: Context, environmentId: string, outcome: RunOutcome): Promise<void> {
  const environment = await lockEnvironment(tx, environmentId, "environment.read");
  const isDone = outcome.state === "succeeded";
  if (isDone) {
    const { outputs, sealedOutputs } = outcome;
    const seen = { driftState: "clean" as const, driftCheckedAt: tx.clock.now() };
    await tx.db
      .update(environments)
      .set({ outputs, sealedOutputs, ...seen })
      .where(eq(environments.id, environmentId));
  }
  if (environment.state !== "updating") return;
  await moveEnvironment(tx, environment, isDone ? "succeed" : "fail", outcome.error ? { reason: outcome.error } : {});
}

/** Applies the blueprint again: brings back what drifted, or carries out an update. */
export async function reapplyEnvironment(ctx: Context, order: RunOrder): Promise<void> {
  await performRun(ctx, {
    ...order,
    judgePlan: (at, planned) => judgePlan(at, order.environmentId, planned),
    credentialsFor: credentialsOf(order.environmentId),
    finish: (tx, outcome) => finishReapply(tx, order.environmentId, outcome),
  });
}
