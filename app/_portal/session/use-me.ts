"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";

/** Who is signed in, with the spaces and what may be done in each. */
export function useMe() {
  const trpc = useTRPC();
  return useSuspenseQuery(trpc.me.find.queryOptions()).data;
}
