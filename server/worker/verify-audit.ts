import { verifyChain } from "#server/audit/verify-chain.ts";
import type { Context } from "#server/context.ts";
import { logger } from "#server/log.ts";

/** Verifies the whole audit trail from its first event and says so in the log; page and metrics read what it leaves. */
export async function verifyAudit(ctx: Context, signal: AbortSignal): Promise<void> {
  const began = ctx.clock.now().getTime();
  const { verifiedTo, fault } = await verifyChain(ctx, { fromStart: true, signal });
  const seconds = (ctx.clock.now().getTime() - began) / 1000;
  if (fault)
    logger.error(
      { seq: fault.seq, kind: fault.kind, verifiedTo, seconds },
      `The audit trail is broken: ${fault.message}`,
    );
  else logger.info({ verifiedTo, seconds }, "The whole audit trail was verified from its first event.");
}
