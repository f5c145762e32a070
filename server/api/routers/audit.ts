import { router, signedIn } from "#server/api/trpc.ts";
import { CountFacetsInput, countFacets } from "#server/audit/count-facets.ts";
import { FindEventInput, findEvent } from "#server/audit/find-event.ts";
import { ListEventsInput, listEvents } from "#server/audit/list-events.ts";
import { verifyChain } from "#server/audit/verify-chain.ts";

export const auditRouter = router({
  list: signedIn.input(ListEventsInput).query(({ ctx, input }) => listEvents(ctx, input)),
  facets: signedIn.input(CountFacetsInput).query(({ ctx, input }) => countFacets(ctx, input)),
  find: signedIn.input(FindEventInput).query(({ ctx, input }) => findEvent(ctx, input)),
  chain: signedIn.query(({ ctx }) => verifyChain(ctx)),
});
