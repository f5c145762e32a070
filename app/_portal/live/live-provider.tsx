"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { createContext, type ReactNode, use, useCallback, useRef, useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { isStale, isTopic, staleAfter } from "./live-topics.ts";

export type LiveState = "connecting" | "live" | "paused";

type Change = { topic: string; id: string };
type Live = { state: LiveState; listen: (listener: (change: Change) => void) => () => void };

const LiveContext = createContext<Live>({ state: "connecting", listen: () => () => {} });

/** Whether changes arrive by themselves, and a way to hear each one. */
export function useLive(): Live {
  return use(LiveContext);
}

/** Changes of one burst become one round of questions. */
const gatherMs = 250;

/**
 * One stream per page. Each change makes the answers it touches old, so that they are asked again; after a gap in the
 * connection everything is, because nobody knows what was missed.
 */
export function LiveProvider({ space, children }: { space: string; children: ReactNode }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>("connecting");
  const wasLive = useRef(false);
  const gathered = useRef(new Set<string>());
  const listeners = useRef(new Set<(change: Change) => void>());

  const refresh = useCallback(
    (routers: readonly string[]) => {
      const first = gathered.current.size === 0;
      for (const router of routers) gathered.current.add(router);
      if (!first || gathered.current.size === 0) return;
      setTimeout(() => {
        const stale = new Set(gathered.current);
        gathered.current.clear();
        void queries.invalidateQueries({ predicate: (query) => isStale(query.queryKey, stale) });
      }, gatherMs);
    },
    [queries],
  );

  useSubscription(
    trpc.live.onChange.subscriptionOptions(
      { space },
      {
        onData: ({ data: change }) => {
          for (const listener of listeners.current) listener(change);
          if (isTopic(change.topic)) refresh(staleAfter[change.topic]);
        },
        onConnectionStateChange: (connection) => {
          if (connection.state === "pending") {
            if (wasLive.current) void queries.invalidateQueries();
            wasLive.current = true;
            setState("live");
          } else if (wasLive.current) setState("paused");
        },
      },
    ),
  );

  const listen = useCallback((listener: (change: Change) => void) => {
    listeners.current.add(listener);
    return () => {
      listeners.current.delete(listener);
    };
  }, []);
  return <LiveContext value={{ state, listen }}>{children}</LiveContext>;
}
