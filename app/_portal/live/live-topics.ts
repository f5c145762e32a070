/** What a change on the server makes old on the screen: topic to the routers whose answers may differ now. */
export const staleAfter = {
  environment: ["environment", "report", "home"],
  approval: ["approval", "environment"],
  catalog: ["catalog", "blueprint"],
  policy: ["policy", "draft"],
  draft: ["draft"],
  log: [],
  audit: ["audit"],
  space: ["me", "space", "settings", "member", "secret", "connection", "catalog"],
} as const satisfies Record<string, readonly string[]>;

export type Topic = keyof typeof staleAfter;

export function isTopic(name: string): name is Topic {
  return Object.hasOwn(staleAfter, name);
}

/** Whether a cached answer (its tRPC query key) is one of those routers'. */
export function isStale(queryKey: readonly unknown[], routers: ReadonlySet<string>): boolean {
  const path = queryKey[0];
  return Array.isArray(path) && typeof path[0] === "string" && routers.has(path[0]);
}
