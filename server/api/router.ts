import { approvalRouter } from "./routers/approval.ts";
import { assistantRouter } from "./routers/assistant.ts";
import { auditRouter } from "./routers/audit.ts";
import { blueprintRouter } from "./routers/blueprint.ts";
import { catalogRouter } from "./routers/catalog.ts";
import { connectionRouter } from "./routers/connection.ts";
import { draftRouter } from "./routers/draft.ts";
import { environmentRouter } from "./routers/environment.ts";
import { liveRouter } from "./routers/live.ts";
import { meRouter } from "./routers/me.ts";
import { policyRouter } from "./routers/policy.ts";
import { reportRouter } from "./routers/report.ts";
import { secretRouter } from "./routers/secret.ts";
import { settingsRouter } from "./routers/settings.ts";
import { spaceRouter } from "./routers/space.ts";
import { router } from "./trpc.ts";

export const appRouter = router({
  me: meRouter,
  space: spaceRouter,
  catalog: catalogRouter,
  blueprint: blueprintRouter,
  draft: draftRouter,
  assistant: assistantRouter,
  environment: environmentRouter,
  approval: approvalRouter,
  policy: policyRouter,
  audit: auditRouter,
  report: reportRouter,
  secret: secretRouter,
  connection: connectionRouter,
  settings: settingsRouter,
  live: liveRouter,
});

export type AppRouter = typeof appRouter;
