import { z } from "zod";
import { recordEvent } from "#server/audit/record-event.ts";
import type { Context } from "#server/context.ts";
import { crashpoint } from "#server/crashpoint.ts";
import { environmentObject } from "#server/environment-ref.ts";
import { requestCancel } from "#server/run/open-run.ts";
import { ActInput, actOnce } from "./act-once.ts";
import { type Environment, moveEnvironment } from "./move-environment.ts";
import { queueRun } from "./queue-run.ts";

export const TerminateInput = ActInput.extend({ reason: z.string().trim().max(500).default("") });
export type TerminateInput = z.infer<typeof TerminateInput>;

/** Begins the end in the caller's transaction: a launch under way is cancelled first, then everything is destroyed. */
export async function beginEnd(tx: Context, environment: Environment, reason: string): Promise<Environment> {
  await requestCancel(tx, environment.id);
  const ending = await moveEnvironment(tx, environment, "terminate", { reason });
  await queueRun(tx, ending, "terminate");
  crashpoint("environment.end-before-commit");
  return ending;
}

/** Destroys what the environment runs and ends it. Asking again while it ends changes nothing. */
export async function terminateEnvironment(ctx: Context, input: TerminateInput): Promise<Environment> {
  const work = async (tx: Context, found: Environment) => {
    if (found.state === "ending") return found;
    await recordEvent(tx, {
      action: "environment.terminate_requested",
      spaceId: found.spaceId,
      object: environmentObject(found),
      data: { reason: input.reason },
    });
    return beginEnd(tx, found, input.reason);
  };
  const environment = await actOnce(ctx, input, { verb: "terminate", permission: "environment.terminate", work });
  crashpoint("environment.end-after-commit");
  return environment;
}
