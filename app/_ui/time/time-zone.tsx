"use client";

import { createContext, type ReactNode, use, useEffect, useState } from "react";

const ZoneContext = createContext("UTC");

/** IANA name of the zone times are shown in: the browser's, or UTC until it is known. */
export function useTimeZone(): string {
  return use(ZoneContext);
}

/**
 * The server draws the first page in the zone of the cookie, so that both sides draw the same text;
 * the browser then corrects the cookie when it disagrees.
 */
export function TimeZoneProvider({ initial, children }: { initial: string | undefined; children: ReactNode }) {
  const [zone, setZone] = useState(() => knownZone(initial));
  useEffect(() => {
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!here || here === zone) return;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser.
    document.cookie = `gantry-zone=${encodeURIComponent(here)}; path=/; max-age=31536000; samesite=lax`;
    setZone(here);
  }, [zone]);
  return <ZoneContext value={zone}>{children}</ZoneContext>;
}

function knownZone(name: string | undefined): string {
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: decodeURIComponent(name ?? "UTC") }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}
