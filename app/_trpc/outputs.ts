import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/api/router.ts";

/** What each procedure answers, as the client sees it. */
export type Outputs = inferRouterOutputs<AppRouter>;
