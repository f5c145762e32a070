import type { z } from "zod";
import type { Context } from "#server/context.ts";
import { crashpoint } from "#server/crashpoint.ts";
import { Problem } from "#server/errors.ts";
import { ActInput, actOnce } from "./act-once.ts";
import { endOf } from "./launch-environment.ts";
import { type Environment, moveEnvironment } from "./move-environment.ts";
import { queueRun } from "./queue-run.ts";

export const RetryInput = ActInput;

/** Tries again what failed: a launch from its failed step on, or the destruction of leftovers. */
export async function retryEnvironment(ctx: Context, input: z.infer<typeof RetryInput>): Promise<Environment> {
  const work = async (tx: Context, environment: Environment) => {
    const queued = await queueAgain(tx, environment);
    crashpoint("environment.retry-before-commit");
    return queued;
  };
  const retried = await actOnce(ctx, input, { verb: "retry", permission: "environment.retry", work });
  crashpoint("environment.retry-after-commit");
  return retried;
}

/** Queues what failed once more; throws a conflict where nothing did. */
export async function queueAgain(tx: Context, environment: Environment): Promise<Environment> {
  if (environment.state === "launch_failed") {
    const endsAt = endOf(tx.clock.now(), environment.durationMinutes);
    const queued = await moveEnvironment(tx, environment, "retry", { set: { endsAt } });
    await queueRun(tx, queued, "launch");
    return queued;
  }
  if (environment.state === "leftovers") {
    const ending = await moveEnvironment(tx, environment, "retry");
    await queueRun(tx, ending, "terminate");
    return ending;
  }
  throw new Problem(
    "conflict",
    `There is nothing to retry: the environment is ${environment.state.replaceAll("_", " ")}.`,
  );
}
