import { approvalRouter } from "./routers/approval.ts";
import { draftRouter } from "./routers/draft.ts";
import { environmentRouter } from "./routers/environment.ts";
import { liveRouter } from "./routers/live.ts";
import { meRouter } from "./routers/me.ts";
import { policyRouter } from "./routers/policy.ts";
import { spaceRouter } from "./routers/space.ts";
import { router } from "./trpc.ts";

export const appRouter = router({
  me: meRouter,
  space: spaceRouter,
  draft: draftRouter,
  environment: environmentRouter,
  approval: approvalRouter,
  policy: policyRouter,
  live: liveRouter,
});

export type AppRouter = typeof appRouter;
