import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { resources } from "#db/schema/environment.ts";
import { type RunKind, runs } from "#db/schema/run.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { crashpoint } from "#server/crashpoint.ts";
import { environmentObject } from "#server/environment-ref.ts";
import { Problem } from "#server/errors.ts";
import { ActInput, actOnce } from "./act-once.ts";
import { lockEnvironment } from "./find-environment.ts";
import { type Environment, moveEnvironment } from "./move-environment.ts";
import { queueRun } from "./queue-run.ts";

export const DriftInput = ActInput;

function requireActive(environment: Environment): void {
  if (environment.state !== "active")
    throw new Problem(
      "conflict",
      `Only an active environment has drift; this one is ${environment.state.replaceAll("_", " ")}.`,
    );
}

function requireDrifted(environment: Environment): void {
  if (environment.driftState !== "drifted")
    throw new Problem("conflict", "Nothing is known to have drifted. Check first.");
}

/** Has an active environment compared with what was applied, soon. Asking twice looks once. */
export async function requestDriftCheck(ctx: Context, input: z.infer<typeof DriftInput>): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const environment = await lockEnvironment(tx, input.environmentId, "environment.retry");
    requireActive(environment);
    if (!(await isUnderWay(tx, environment.id, "drift"))) await queueRun(tx, environment, "drift");
  });
}

export const AcceptDriftInput = DriftInput.extend({
  /** The check whose findings were looked at; a later one may have found something else. */
  checkedAt: z.date(),
  reason: z.string().trim().min(3, "Say why, in at least three characters.").max(500),
});

/** Whether the environment's newest run is already one of this kind that has not ended. */
async function isUnderWay(tx: Context, environmentId: string, kind: RunKind): Promise<boolean> {
  const open = inArray(runs.state, ["queued", "running"]);
  return (await tx.db.$count(runs, and(eq(runs.environmentId, environmentId), eq(runs.kind, kind), open))) > 0;
}

/**
 * Makes what was found the new baseline, if the plan policies allow it: nothing real is changed, later drift counts from
 * here. Asking again while it is being done changes nothing.
 */
export function acceptDrift(ctx: Context, input: z.infer<typeof AcceptDriftInput>): Promise<Environment> {
  const work = async (tx: Context, environment: Environment) => {
    if (await isUnderWay(tx, environment.id, "accept")) return environment;
    requireActive(environment);
    requireDrifted(environment);
    if (environment.driftCheckedAt?.getTime() !== input.checkedAt.getTime())
      throw new Problem("conflict", "It was checked again meanwhile. Look at what is found now.");
    const found = await tx.db
      .select({ address: resources.address, drift: resources.drift })
      .from(resources)
      .where(and(eq(resources.environmentId, environment.id), eq(resources.state, "drifted")));
    const fields = found.flatMap(({ address, drift }) => (drift ?? []).map(({ field }) => `${address}: ${field}`));
    await recordEvent(tx, {
      action: "environment.drift_accepted",
      spaceId: environment.spaceId,
      object: environmentObject(environment),
      data: { fields, reason: input.reason },
    });
    const updating = await moveEnvironment(tx, environment, "update", { reason: "Taking over what drifted." });
    await queueRun(tx, updating, "accept");
    return updating;
  };
  return actOnce(ctx, input, { verb: "accept-drift", permission: "environment.accept_drift", work });
}

/** Applies again what was launched; the plan that this makes is judged by the plan policies like any other. */
export async function restoreDrift(ctx: Context, input: z.infer<typeof DriftInput>): Promise<Environment> {
  const work = async (tx: Context, environment: Environment) => {
    requireActive(environment);
    requireDrifted(environment);
    const updating = await moveEnvironment(tx, environment, "update", { reason: "Restoring what drifted." });
    await queueRun(tx, updating, "restore");
    crashpoint("environment.restore-before-commit");
    return updating;
  };
  const restoring = await actOnce(ctx, input, { verb: "restore-drift", permission: "environment.retry", work });
  crashpoint("environment.restore-after-commit");
  return restoring;
}
