"use client";

import { useEffect } from "react";
import { keepRenewed, renewEveryMs } from "./renewal.ts";

/** A page that is open and in view keeps its session; one that is left in the background lets it run out. */
export function KeepSession() {
  useEffect(() => {
    const look = keepRenewed({
      now: () => Date.now(),
      isVisible: () => document.visibilityState === "visible",
      renew: () => fetch("/api/auth/session", { cache: "no-store" }),
    });
    const timer = setInterval(look, renewEveryMs);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  return null;
}
