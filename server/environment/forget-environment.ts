import { z } from "zod";
import { recordEvent } from "#server/audit/record-event.ts";
import type { Context } from "#server/context.ts";
import { crashpoint } from "#server/crashpoint.ts";
import { environmentObject } from "#server/environment-ref.ts";
import { ActInput, actOnce } from "./act-once.ts";
import { type Environment, moveEnvironment } from "./move-environment.ts";

export const ForgetInput = ActInput.extend({
  reason: z.string().trim().min(10, "Say in at least ten characters why the leftovers may stay.").max(1000),
});

/** Ends the record although resources may still run and cost money: privileged, reasoned, and loud in the audit trail. */
export async function forgetEnvironment(ctx: Context, input: z.infer<typeof ForgetInput>): Promise<Environment> {
  const work = async (tx: Context, environment: Environment) => {
    const leftovers = environment.leftovers.map((leftover) => leftover.address);
    const ended = await moveEnvironment(tx, environment, "forget", {
      reason: input.reason,
      set: { endedAt: tx.clock.now() },
    });
    const data = { reason: input.reason, leftovers };
    await recordEvent(tx, {
      action: "environment.forgotten",
      spaceId: ended.spaceId,
      object: environmentObject(ended),
      data,
    });
    crashpoint("environment.forget-before-commit");
    return ended;
  };
  const forgotten = await actOnce(ctx, input, { verb: "forget", permission: "environment.forget", work });
  crashpoint("environment.forget-after-commit");
  return forgotten;
}
