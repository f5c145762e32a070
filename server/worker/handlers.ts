import { and, eq } from "drizzle-orm";
import { environments } from "#db/schema/environment.ts";
import { signCheckpointIfDue } from "#server/audit/sign-checkpoint.ts";
import { verifyChain } from "#server/audit/verify-chain.ts";
import { dropOldAttempts } from "#server/auth/sign-in-attempts.ts";
import type { Context } from "#server/context.ts";
import { expireApprovals, expireDue } from "#server/environment/expire-environments.ts";
import { giveUpRun } from "#server/environment/give-up-run.ts";
import { reapplyEnvironment } from "#server/environment/reapply-environment.ts";
import { endEnvironment, type RunOrder, startEnvironment } from "#server/environment/run-environment.ts";
import { checkDrift } from "#server/environment/watch-drift.ts";
import { enqueueOnce } from "#server/job/enqueue-job.ts";
import type { ClaimedJob, JobOf } from "#server/job/job.ts";
import { pruneJobs } from "#server/job/prune-jobs.ts";
import { pruneWorkers } from "#server/job/worker-row.ts";
import { sweepOrphans } from "#server/run/sweep-orphans.ts";
import type { Handlers } from "./handler.ts";
import { verifyAudit } from "./verify-audit.ts";

type RunJob = "launch_environment" | "update_environment" | "end_environment" | "restore_drift" | "accept_drift";

/** What a job that carries out a run asks for. */
const orderOf = ({ payload, lease }: ClaimedJob<RunJob>, signal: AbortSignal): RunOrder => ({
  ...payload,
  lease,
  signal,
});
const giveUp = (tx: Context, { payload }: ClaimedJob<RunJob>, reason: string) => giveUpRun(tx, payload, reason);

/** Queues a look at every active environment; one that waits already is not queued twice. */
async function queueLooks(ctx: Context, scope: JobOf<"watch_environments">["payload"]["scope"]): Promise<void> {
  const real = scope === "health" ? eq(environments.simulated, false) : undefined;
  const active = await ctx.db
    .select({ environmentId: environments.id })
    .from(environments)
    .where(and(eq(environments.state, "active"), real));
  const kind = scope === "health" ? "check_health" : "check_drift";
  for (const payload of active) await enqueueOnce(ctx, { kind, payload, maxAttempts: 3 });
}

const expired = async (count: Promise<number>) => void (await count);

/** What each kind of job does. Total: a new kind does not compile until it is handled. */
export const handlers: Handlers = {
  launch_environment: { run: (ctx, job, signal) => startEnvironment(ctx, orderOf(job, signal)), giveUp },
  update_environment: { run: (ctx, job, signal) => reapplyEnvironment(ctx, orderOf(job, signal)), giveUp },
  restore_drift: { run: (ctx, job, signal) => reapplyEnvironment(ctx, orderOf(job, signal)), giveUp },
  accept_drift: { run: (ctx, job, signal) => reapplyEnvironment(ctx, orderOf(job, signal)), giveUp },
  end_environment: { run: (ctx, job, signal) => endEnvironment(ctx, orderOf(job, signal)), giveUp },
  check_drift: {
    run: (ctx, { payload, lease }, signal) => checkDrift(ctx, { ...payload, lease, signal, scope: "all" }),
    giveUp: async (tx, { payload }, reason) => {
      const { environmentId, runId } = payload;
      if (runId) await giveUpRun(tx, { environmentId, runId }, reason);
    },
  },
  check_health: {
    run: (ctx, { payload, lease }, signal) => checkDrift(ctx, { ...payload, lease, signal, scope: "often" }),
  },
  watch_environments: { run: (ctx, { payload }) => queueLooks(ctx, payload.scope) },
  expire_environments: { run: (ctx) => expired(expireDue(ctx)) },
  expire_approvals: { run: (ctx) => expired(expireApprovals(ctx)) },
  sign_checkpoint: {
    run: async (ctx) => {
      await signCheckpointIfDue(ctx);
      await verifyChain(ctx, { limit: 50_000 });
    },
  },
  verify_audit: { run: (ctx, _job, signal) => verifyAudit(ctx, signal) },
  sweep_orphans: { run: async (ctx) => void (await sweepOrphans(ctx)) },
  prune: {
    run: async (ctx) => {
      await pruneJobs(ctx);
      await dropOldAttempts(ctx);
      await pruneWorkers(ctx);
    },
  },
};
