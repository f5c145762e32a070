import { trpc } from "#app/_trpc/server.tsx";

/** What the open tab will ask for. */
export function prefetchTab(environmentId: string, tab: string) {
  switch (tab) {
    case "resources":
    case "drift":
      return [trpc.environment.resources.queryOptions({ environmentId })];
    case "cost":
      return [trpc.environment.cost.queryOptions({ environmentId })];
    default:
      return [];
  }
}
