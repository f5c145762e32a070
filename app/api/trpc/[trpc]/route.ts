import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { NextRequest } from "next/server";
import { createApiContext } from "#server/api/context.ts";
import { appRouter } from "#server/api/router.ts";
import { refuseForeignOrigin } from "#server/api/same-origin.ts";

export const dynamic = "force-dynamic";

async function handle(request: NextRequest): Promise<Response> {
  const refused = refuseForeignOrigin(request);
  if (refused) return refused;
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    createContext: () =>
      createApiContext({
        readCookie: (name) => request.cookies.get(name)?.value,
        header: (name) => request.headers.get(name),
        via: "ui",
      }),
  });
}

export { handle as GET, handle as POST };
