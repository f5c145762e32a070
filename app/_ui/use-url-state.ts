"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback } from "react";

export type UrlChanges = Record<string, string | null | undefined>;

/**
 * The query string as state: what a page shows is in its address, so that reload, back and a shared link restore it.
 * Empty values leave the address.
 */
export function useUrlState() {
  const pathname = usePathname();
  const params = useSearchParams();
  const change = useCallback(
    (changes: UrlChanges, how: "replace" | "push" = "replace") => {
      const next = new URLSearchParams(window.location.search);
      for (const [name, value] of Object.entries(changes)) {
        if (value) next.set(name, value);
        else next.delete(name);
      }
      const query = next.toString();
      const address = `${pathname}${query ? `?${query}` : ""}`;
      if (how === "push") window.history.pushState(null, "", address);
      else window.history.replaceState(null, "", address);
    },
    [pathname],
  );
  return { params, value: (name: string) => params.get(name) ?? "", change };
}
