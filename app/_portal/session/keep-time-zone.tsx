"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { useMe } from "./use-me.ts";

/** Tells the server which zone this browser is in when it knows another: the assistant reads clock times in it. */
export function KeepTimeZone() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { timeZone } = useMe();
  const { mutate } = useMutation(
    trpc.me.keepTimeZone.mutationOptions({
      onSuccess: (_kept, input) =>
        queries.setQueryData(trpc.me.find.queryKey(), (me) => me && { ...me, timeZone: input.timeZone }),
    }),
  );
  useEffect(() => {
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (here && here !== timeZone) mutate({ timeZone: here });
  }, [timeZone, mutate]);
  return null;
}
