"use client";

import { useSyncExternalStore } from "react";

type Ticker = { subscribe: (listener: () => void) => () => void; read: () => number };

const tickers = new Map<number, Ticker>();

function ticker(everyMs: number): Ticker {
  const known = tickers.get(everyMs);
  if (known) return known;
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  let present = 0;
  const made: Ticker = {
    subscribe(listener) {
      listeners.add(listener);
      timer ??= setInterval(() => {
        present = Date.now();
        for (const each of listeners) each();
      }, everyMs);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
        present = 0;
      };
    },
    read() {
      if (present === 0) present = Date.now();
      return present;
    },
  };
  tickers.set(everyMs, made);
  return made;
}

/** The present, renewed every `everyMs`; null while the server draws, which cannot know the reader's clock. */
export function useNow(everyMs = 30_000): Date | null {
  const { subscribe, read } = ticker(everyMs);
  const now = useSyncExternalStore(subscribe, read, () => 0);
  return now === 0 ? null : new Date(now);
}
