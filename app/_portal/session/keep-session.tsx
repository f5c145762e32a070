"use client";

import { useEffect } from "react";

const everyMs = 10 * 60_000;

/** A page that is open and in view keeps its session; one that is left in the background lets it run out. */
export function KeepSession() {
  useEffect(() => {
    let last = Date.now();
    const renew = () => {
      if (document.visibilityState !== "visible" || Date.now() - last < everyMs) return;
      last = Date.now();
      // A missed renewal is no failure of the page: the next one, or the next question to the server, tells.
      fetch("/api/auth/session", { cache: "no-store" }).catch(() => undefined);
    };
    const timer = setInterval(renew, everyMs);
    document.addEventListener("visibilitychange", renew);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", renew);
    };
  }, []);
  return null;
}
