"use client";

import { duration } from "./format-time.ts";
import { useNow } from "./use-now.ts";

/** How long something has run, or ran; ticks while it has no end. */
export function Elapsed({ from, to }: { from: Date | string | null; to?: Date | string | null | undefined }) {
  const now = useNow(1000);
  if (!from) return <span>not started</span>;
  const end = to ? new Date(to) : now;
  if (!end) return <span>…</span>;
  return <span>{duration(Math.max(0, end.getTime() - new Date(from).getTime()))}</span>;
}
