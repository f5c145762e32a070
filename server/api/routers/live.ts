import { tracked } from "@trpc/server";
import { liveChanges } from "#server/api/live-changes.ts";
import { inSpace, router } from "#server/api/trpc.ts";

export const liveRouter = router({
  /** What changed, never the content: pages read again what they show. A lost connection reads everything again. */
  onChange: inSpace.subscription(async function* ({ ctx, signal }) {
    let count = Date.now();
    for await (const change of liveChanges(ctx.space.id, signal)) yield tracked(String(++count), change);
  }),
});
