import { z } from "zod";
import { approvalActions, lockOpenApproval } from "#server/approval/open-approval.ts";
import { settleApproval } from "#server/approval/settle-approval.ts";
import type { Context } from "#server/context.ts";
import { crashpoint } from "#server/crashpoint.ts";
import { environmentObject } from "#server/environment-ref.ts";
import { Problem } from "#server/errors.ts";
import { requestCancel } from "#server/run/open-run.ts";
import { ActInput, actOnce } from "./act-once.ts";
import { type Environment, moveEnvironment } from "./move-environment.ts";

export const WithdrawInput = ActInput.extend({
  action: z.enum(approvalActions).default("launch"),
});

/** Takes back what was asked for: a launch that waits or is queued, or an extension that waits. */
export async function withdrawRequest(ctx: Context, input: z.infer<typeof WithdrawInput>): Promise<Environment> {
  const work = async (tx: Context, environment: Environment) => {
    const after = await takeBack(tx, environment, input.action);
    crashpoint("environment.withdraw-before-commit");
    return after;
  };
  const withdrawn = await actOnce(ctx, input, { verb: "withdraw", permission: "environment.terminate", work });
  crashpoint("environment.withdraw-after-commit");
  return withdrawn;
}

async function takeBack(
  tx: Context,
  environment: Environment,
  action: z.infer<typeof WithdrawInput>["action"],
): Promise<Environment> {
  const request = await lockOpenApproval(tx, environment.id, action);
  if (request) {
    const environmentName = environmentObject(environment).name;
    await settleApproval(tx, request, {
      state: "withdrawn",
      cause: `Withdrawn by ${tx.actor.name}.`,
      environmentName,
    });
  }
  if (action === "launch") {
    if (environment.state === "queued") await requestCancel(tx, environment.id);
    return moveEnvironment(tx, environment, "withdraw", { reason: "Withdrawn before it ran." });
  }
  if (!request) throw new Problem("conflict", "Nothing of that kind waits for approval.");
  return environment;
}
