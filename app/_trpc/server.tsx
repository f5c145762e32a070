import "server-only";
import { dehydrate, HydrationBoundary, type QueryKey } from "@tanstack/react-query";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { cookies, headers } from "next/headers";
import { cache, type ReactNode } from "react";
import { createApiContext } from "#server/api/context.ts";
import { appRouter } from "#server/api/router.ts";
import { makeQueryClient } from "./query-client.ts";

export const getQueryClient = cache(makeQueryClient);

/** Once a page: layout and page share session and roles. */
const pageContext = cache(async () => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  return createApiContext({
    readCookie: (name) => jar.get(name)?.value,
    header: (name) => head.get(name),
    via: "ui",
  });
});

/** The procedures, called without a network, for pages to prefetch from. */
export const trpc = createTRPCOptionsProxy({ ctx: pageContext, router: appRouter, queryClient: getQueryClient });

/** Starts queries; their answers stream to the client components that ask for the same. */
export function prefetch(...options: { queryKey: QueryKey }[]): void {
  for (const each of options) void getQueryClient().prefetchQuery(each as never);
}

/** The first page of a list. */
export function prefetchPages(options: { queryKey: QueryKey }): void {
  void getQueryClient().prefetchInfiniteQuery(options as never);
}

/** Hands what was prefetched to the client components inside. */
export function Hydrate({ children }: { children: ReactNode }) {
  return <HydrationBoundary state={dehydrate(getQueryClient())}>{children}</HydrationBoundary>;
}
