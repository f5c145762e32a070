"use client";

import { useCallback, useRef, useState } from "react";

/** Which parts of the page have been in view at least once. */
export function useSeen<Part extends string>(parts: readonly Part[]) {
  const [seen, setSeen] = useState<ReadonlySet<Part>>(new Set());
  const observers = useRef(new Map<Part, (node: HTMLElement | null) => (() => void) | undefined>());
  const watch = useCallback((part: Part) => {
    const known = observers.current.get(part);
    if (known) return known;
    const made = (node: HTMLElement | null) => {
      if (!node) return undefined;
      const observer = new IntersectionObserver(([entry]) => {
        if (!entry?.isIntersecting) return;
        setSeen((before) => new Set([...before, part]));
        observer.disconnect();
      });
      observer.observe(node);
      return () => observer.disconnect();
    };
    observers.current.set(part, made);
    return made;
  }, []);
  const missing = parts.filter((part) => !seen.has(part));
  return { watch, all: missing.length === 0, missing };
}
