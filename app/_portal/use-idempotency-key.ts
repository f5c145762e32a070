"use client";

import { useState } from "react";

/** One key for one intention: sending twice does it once. */
export function useIdempotencyKey(): string {
  const [key] = useState(() => crypto.randomUUID());
  return key;
}

/** The key of an act on an environment in the state that is shown: pressed again in this state it is the same act. */
export function stateKey({ id, stateSince }: { id: string; stateSince: Date }): string {
  return `${id} ${stateSince.toISOString()}`;
}
