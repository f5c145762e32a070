"use client";

import { useParams } from "next/navigation";
import type { Permission } from "#server/auth/permissions.ts";
import { useMe } from "./use-me.ts";

/** The space of the address, and what the signed-in person may do in it (`can`, for the look of the page only). */
export function useSpace() {
  const slug = String(useParams<{ space: string }>().space);
  const me = useMe();
  const space = me.spaces.find((each) => each.slug === slug);
  const permissions: readonly string[] = space?.permissions ?? [];
  return {
    id: space?.id ?? "",
    slug,
    name: space?.name ?? slug,
    roles: space?.roles ?? [],
    timeZone: space?.timeZone ?? "UTC",
    path: (rest = "") => `/s/${slug}${rest ? `/${rest}` : ""}`,
    can: (permission: Permission) => permissions.includes(permission),
  };
}
