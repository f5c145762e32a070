import type { EnvironmentState } from "#db/schema/environment.ts";
import type { Context } from "#server/context.ts";
import { abandonRun } from "#server/run/open-run.ts";
import { lockEnvironment } from "./find-environment.ts";
import { moveEnvironment } from "./move-environment.ts";

const underWay: readonly EnvironmentState[] = ["launching", "updating", "ending"];

/** Closes a run whose job was given up, and leaves its environment where a person can go on: failed, or with leftovers. */
export async function giveUpRun(
  tx: Context,
  order: { environmentId: string; runId: string },
  cause: string,
): Promise<void> {
  const environment = await lockEnvironment(tx, order.environmentId, "environment.read");
  const reason = `The work on it was given up: ${cause}`;
  if (!(await abandonRun(tx, order.runId, reason))) return;
  if (underWay.includes(environment.state)) await moveEnvironment(tx, environment, "fail", { reason });
}
