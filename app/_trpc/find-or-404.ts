import "server-only";
import type { FetchQueryOptions, QueryKey } from "@tanstack/react-query";
import { TRPCError } from "@trpc/server";
import { notFound } from "next/navigation";
import { makeQueryClient } from "./query-client.ts";
import { getQueryClient } from "./server.tsx";

/** The thing a page is about: what does not exist, or may not be known to, is a 404; other failures reach the boundary. */
export async function findOr404<T, E, D, K extends QueryKey>(options: FetchQueryOptions<T, E, D, K>): Promise<D> {
  try {
    // Asked apart: a question under way in the shared cache would be sent to the browser even when it ends in a 404.
    const found = await makeQueryClient().fetchQuery(options);
    getQueryClient().setQueryData(options.queryKey, found as never);
    return found;
  } catch (error) {
    if (error instanceof TRPCError && (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST")) notFound();
    throw error;
  }
}
