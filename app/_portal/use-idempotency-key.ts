"use client";

import { useState } from "react";

/** One key for one intention: sending twice does it once. */
export function useIdempotencyKey(): string {
  const [key] = useState(() => crypto.randomUUID());
  return key;
}
