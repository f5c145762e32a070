import { z } from "zod";
import type { Permission } from "#server/auth/permissions.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { answerOnce } from "./answer-once.ts";
import { lockEnvironment } from "./find-environment.ts";
import type { Environment } from "./move-environment.ts";

/** What every act on one environment is asked with. */
export const ActInput = z.object({
  environmentId: z.uuid(),
  /** Same key, same act: a repeat after a lost answer does nothing more, and is shown how the environment is now. */
  idempotencyKey: z.string().min(8).max(200).optional(),
});

type Act = {
  verb: string;
  permission: Permission;
  work: (tx: Context, environment: Environment) => Promise<Environment>;
};

/** One act on one environment, locked, in one transaction; under a key it happens once. */
export function actOnce(ctx: Context, input: z.infer<typeof ActInput>, act: Act): Promise<Environment> {
  const { idempotencyKey, ...body } = input;
  return inTransaction(ctx, async (tx) => {
    const environment = await lockEnvironment(tx, input.environmentId, act.permission);
    if (!idempotencyKey) return act.work(tx, environment);
    let after = environment;
    await answerOnce(tx, { key: `${act.verb}:${idempotencyKey}`, body }, async () => {
      after = await act.work(tx, environment);
      return { state: after.state };
    });
    return after;
  });
}
