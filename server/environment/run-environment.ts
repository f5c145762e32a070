import { and, eq } from "drizzle-orm";
import { runs } from "#db/schema/run.ts";
import { type Context, inTransaction } from "#server/context.ts";
import type { Lease } from "#server/job/job.ts";
import { abandonRun } from "#server/run/open-run.ts";
import { performRun } from "#server/run/perform-run.ts";
import type { RunOutcome, RunRequest } from "#server/run/run.ts";
import { lockEnvironment, readEnvironment } from "./find-environment.ts";
import { judgePlan } from "./judge-plan.ts";
import { type Environment, moveEnvironment } from "./move-environment.ts";
import { openCredentials } from "./open-credentials.ts";
import { queueRun } from "./queue-run.ts";

/** What the worker hands over with a claimed job. */
export type RunOrder = { environmentId: string; runId: string; lease: Lease; signal: AbortSignal };

/** Minutes until leftovers are tried again: 1, 5, 15, then hourly; after the eighth try a person must look. */
const retryMinutes = [1, 5, 15, 60, 60, 60, 60];

async function finishLaunch(tx: Context, environmentId: string, outcome: RunOutcome): Promise<void> {
  const environment = await lockEnvironment(tx, environmentId, "environment.read");
  // Somebody asked for its end meanwhile; the run that ends it comes next and cleans up.
  if (environment.state !== "launching") return;
  if (outcome.state === "succeeded") {
    const { outputs, sealedOutputs } = outcome;
    await moveEnvironment(tx, environment, "succeed", { set: { activeAt: tx.clock.now(), outputs, sealedOutputs } });
    return;
  }
  await moveEnvironment(tx, environment, "fail", { reason: outcome.error ?? `The launch was ${outcome.state}.` });
}

/** Opens the space's secrets for the steps of one environment. */
export function credentialsOf(environmentId: string): NonNullable<RunRequest["credentialsFor"]> {
  return async (ctx, names) => openCredentials(ctx, await readEnvironment(ctx, environmentId), names);
}

/** Runs a queued launch. Does nothing for one that was withdrawn or ended before the worker came to it. */
export async function startEnvironment(ctx: Context, order: RunOrder): Promise<void> {
  const isWanted = await inTransaction(ctx, async (tx) => {
    const environment = await lockEnvironment(tx, order.environmentId, "environment.read");
    if (environment.state === "queued") await moveEnvironment(tx, environment, "start");
    else if (environment.state !== "launching") {
      await abandonRun(tx, order.runId, "It was taken back before it began.");
      return false;
    }
    return true;
  });
  if (!isWanted) return;
  const request: RunRequest = {
    ...order,
    judgePlan: (at, planned) => judgePlan(at, order.environmentId, planned),
    credentialsFor: credentialsOf(order.environmentId),
    finish: (tx, outcome) => finishLaunch(tx, order.environmentId, outcome),
  };
  await performRun(ctx, request);
}

/** The next try at what is left, or none when a person has to look. */
async function retryLeftovers(tx: Context, environment: Environment, attempt: number): Promise<void> {
  const minutes = retryMinutes[attempt - 1];
  if (minutes === undefined) return;
  await queueRun(tx, environment, "terminate", new Date(tx.clock.now().getTime() + minutes * 60_000));
}

async function finishEnd(tx: Context, order: RunOrder, outcome: RunOutcome): Promise<void> {
  const environment = await lockEnvironment(tx, order.environmentId, "environment.read");
  if (environment.state !== "ending") return;
  const { leftovers } = outcome;
  if (outcome.state === "succeeded" && leftovers.length === 0) {
    await moveEnvironment(tx, environment, "succeed", {
      reason: "Verified: nothing is left.",
      set: { endedAt: tx.clock.now(), leftovers: [] },
    });
    return;
  }
  const reason = outcome.error ?? `${leftovers.length} resources are left.`;
  const left = await moveEnvironment(tx, environment, "fail", { reason, set: { leftovers } });
  await retryLeftovers(tx, left, await countEnds(tx, order.environmentId));
}

async function countEnds(tx: Context, environmentId: string): Promise<number> {
  return tx.db.$count(runs, and(eq(runs.environmentId, environmentId), eq(runs.kind, "terminate")));
}

/** Destroys and verifies. A retry of leftovers moves back to ending first; an end that is done already is left alone. */
export async function endEnvironment(ctx: Context, order: RunOrder): Promise<void> {
  const isWanted = await inTransaction(ctx, async (tx) => {
    const environment = await lockEnvironment(tx, order.environmentId, "environment.read");
    if (environment.state === "leftovers")
      await moveEnvironment(tx, environment, "retry", { reason: "Tried again by schedule." });
    else if (environment.state !== "ending") {
      await abandonRun(tx, order.runId, "There was nothing left to end.");
      return false;
    }
    return true;
  });
  if (isWanted)
    await performRun(ctx, {
      ...order,
      credentialsFor: credentialsOf(order.environmentId),
      finish: (tx, outcome) => finishEnd(tx, order, outcome),
    });
}
