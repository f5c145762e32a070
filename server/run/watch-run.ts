import { eq } from "drizzle-orm";
import { runs } from "#db/schema/run.ts";
import type { Context } from "#server/context.ts";
import type { RunRequest } from "./run.ts";

const everyMs = 1_000;

/**
 * Shows that the run is alive and notices when somebody wants it to stop. The signal is aborted then, and when the
 * worker must let go.
 */
export async function watchRun(ctx: Context, request: RunRequest): Promise<{ signal: AbortSignal; end(): void }> {
  const controller = new AbortController();
  const letGo = () => controller.abort(request.signal.reason);
  if (request.signal.aborted) letGo();
  request.signal.addEventListener("abort", letGo);
  const beat = async () => {
    const [run] = await ctx.db
      .update(runs)
      .set({ heartbeatAt: ctx.clock.now() })
      .where(eq(runs.id, request.runId))
      .returning({ cancelRequestedAt: runs.cancelRequestedAt });
    if (run?.cancelRequestedAt) controller.abort(new Error("Cancelled."));
  };
  await beat();
  // A beat that fails is followed by another; a database that stays away is met by the run's own writes.
  const timer = setInterval(() => void beat().catch(() => undefined), everyMs);
  return {
    signal: controller.signal,
    end() {
      clearInterval(timer);
      request.signal.removeEventListener("abort", letGo);
    },
  };
}
