import { inSpace, router, signedIn } from "#server/api/trpc.ts";
import { VoteInput } from "#server/approval/cast-vote.ts";
import { countForMe, ListApprovalsInput, listApprovals } from "#server/approval/list-approvals.ts";
import { ApprovalInput, showApproval } from "#server/approval/show-approval.ts";
import { voteOnApproval } from "#server/environment/vote-on-approval.ts";

export const approvalRouter = router({
  list: inSpace
    .input(ListApprovalsInput.omit({ spaceId: true }))
    .query(({ ctx, input }) => listApprovals(ctx, { ...input, spaceId: ctx.space.id })),
  count: inSpace.query(async ({ ctx }) => ({ forMe: await countForMe(ctx, ctx.space.id) })),
  find: signedIn.input(ApprovalInput).query(({ ctx, input }) => showApproval(ctx, input)),
  vote: signedIn.input(VoteInput).mutation(({ ctx, input }) => voteOnApproval(ctx, input)),
});
