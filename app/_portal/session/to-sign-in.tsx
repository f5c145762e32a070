"use client";

import { redirect, usePathname, useSearchParams } from "next/navigation";

/** Sends a stranger to the sign-in page, and from there back to the very address he asked for, filters and all. */
export function ToSignIn(): never {
  const pathname = usePathname();
  const query = useSearchParams().toString();
  redirect(`/sign-in?to=${encodeURIComponent(query ? `${pathname}?${query}` : pathname)}`);
}
