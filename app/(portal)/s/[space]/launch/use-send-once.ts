"use client";

import { useEffect, useRef } from "react";

/** Calls `send` the first time it is wanted, and never again for this page. */
export function useSendOnce(wanted: boolean, send: () => void): void {
  const sent = useRef(false);
  useEffect(() => {
    if (!wanted || sent.current) return;
    sent.current = true;
    send();
  });
}
