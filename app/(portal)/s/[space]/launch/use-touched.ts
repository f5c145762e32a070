"use client";

import { useState } from "react";

/** Which fields have been left at least once: before that, no field complains. */
export function useTouched() {
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const touch = (field: string) => setTouched((before) => (before.has(field) ? before : new Set([...before, field])));
  return { touched, touch };
}
