import { eq } from "drizzle-orm";
import { environments } from "#db/schema/environment.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { environmentObject } from "#server/environment-ref.ts";
import { notifyChange } from "#server/job/notify-change.ts";
import { watchEnvironment } from "#server/run/look-for-drift.ts";
import { abandonRun } from "#server/run/open-run.ts";
import { performRun } from "#server/run/perform-run.ts";
import type { DriftReport } from "#server/run/run.ts";
import { lockEnvironment } from "./find-environment.ts";
import type { Environment } from "./move-environment.ts";
import { credentialsOf, type RunOrder } from "./run-environment.ts";

/** A look at a part is no check of the whole: it can find drift, and not that there is none where nobody has looked. */
function standingAfter(
  { state, checkedAt, changed, isPartial }: DriftReport,
  { driftState, driftCheckedAt }: Pick<Environment, "driftState" | "driftCheckedAt">,
): Pick<Environment, "driftState" | "driftCheckedAt"> {
  if (!isPartial) return { driftState: state, driftCheckedAt: checkedAt };
  if (state === "drifted") return { driftState: state, driftCheckedAt: changed ? checkedAt : driftCheckedAt };
  return { driftState: driftState === "unknown" ? driftState : state, driftCheckedAt };
}

/** Shows on the environment what a look found; drift not seen before is an event. */
async function recordDrift(tx: Context, environmentId: string, report: DriftReport): Promise<void> {
  const environment = await lockEnvironment(tx, environmentId, "environment.read");
  await tx.db.update(environments).set(standingAfter(report, environment)).where(eq(environments.id, environmentId));
  await notifyChange(tx, { topic: "environment", id: environmentId, spaceId: environment.spaceId });
  if (!report.changed || report.state !== "drifted") return;
  await recordEvent(tx, {
    action: "environment.drift_found",
    spaceId: environment.spaceId,
    object: environmentObject(environment),
    data: {
      resources: [...new Set(report.findings.map(({ address }) => address))],
      gone: [...new Set(report.findings.filter(({ gone }) => gone).map(({ address }) => address))],
    },
  });
}

/** Looks whether what an active environment made is still as it was made. With a run, people can follow it. */
export async function checkDrift(
  ctx: Context,
  order: Omit<RunOrder, "runId"> & { runId?: string | undefined; scope: "often" | "all" },
): Promise<void> {
  const { environmentId, runId, scope, ...request } = order;
  const [environment] = await ctx.db
    .select({ state: environments.state })
    .from(environments)
    .where(eq(environments.id, environmentId));
  if (runId) {
    if (environment?.state !== "active")
      return void (await inTransaction(ctx, (tx) => abandonRun(tx, runId, "It was no longer active.")));
    await performRun(ctx, {
      ...request,
      environmentId,
      runId,
      credentialsFor: credentialsOf(environmentId),
      finish: async (tx, { drift }) => {
        if (drift) await recordDrift(tx, environmentId, drift);
      },
    });
    return;
  }
  if (environment?.state !== "active") return;
  const record = (tx: Context, report: DriftReport) => recordDrift(tx, environmentId, report);
  const credentialsFor = credentialsOf(environmentId);
  await watchEnvironment(ctx, { ...request, environmentId, scope, record, credentialsFor });
}
