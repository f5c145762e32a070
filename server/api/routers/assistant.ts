import { inSpace, router, signedIn } from "#server/api/trpc.ts";
import { AcceptInput, acceptCorrections } from "#server/assistant/accept-corrections.ts";
import { assistantStatus } from "#server/assistant/assistant-status.ts";
import { ProposeInput, proposeDraft } from "#server/assistant/propose-draft.ts";

export const assistantRouter = router({
  status: inSpace.query(() => assistantStatus()),
  propose: signedIn.input(ProposeInput).mutation(({ ctx, input }) => proposeDraft(ctx, input)),
  accept: signedIn.input(AcceptInput).mutation(({ ctx, input }) => acceptCorrections(ctx, input)),
});
