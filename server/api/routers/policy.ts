import { inSpace, router, signedIn } from "#server/api/trpc.ts";
import { findJudgedDocument, JudgedDocumentInput } from "#server/decision/judged-document.ts";
import { ReevaluateInput, reevaluateDecision } from "#server/decision/reevaluate-decision.ts";
import {
  listPolicies,
  listPolicyDecisions,
  PolicyDecisionsInput,
  PolicyInput,
  showPolicy,
} from "#server/policy/list-policies.ts";
import { listStaticRules } from "#server/policy/list-rules.ts";
import { ChangePolicyInput, changePolicy } from "#server/policy/policy-settings.ts";
import { runPolicyTests } from "#server/policy/policy-tests.ts";
import { TryDraftInput, tryDraft } from "#server/policy/try-draft.ts";
import { TryPolicyInput, tryPolicy } from "#server/policy/try-policy.ts";

export const policyRouter = router({
  list: inSpace.query(({ ctx }) => listPolicies(ctx, { spaceId: ctx.space.id })),
  rules: inSpace.query(({ ctx }) => listStaticRules(ctx, { spaceId: ctx.space.id })),
  find: inSpace
    .input(PolicyInput.pick({ policyName: true }))
    .query(({ ctx, input }) => showPolicy(ctx, { spaceId: ctx.space.id, policyName: input.policyName })),
  decisions: inSpace
    .input(PolicyDecisionsInput.omit({ spaceId: true }))
    .query(({ ctx, input }) => listPolicyDecisions(ctx, { ...input, spaceId: ctx.space.id })),
  change: signedIn.input(ChangePolicyInput).mutation(({ ctx, input }) => changePolicy(ctx, input)),
  runTests: signedIn.input(PolicyInput).mutation(({ ctx, input }) => runPolicyTests(ctx, input)),
  reevaluate: signedIn.input(ReevaluateInput).query(({ ctx, input }) => reevaluateDecision(ctx, input)),
  judgedDocument: signedIn.input(JudgedDocumentInput).query(({ ctx, input }) => findJudgedDocument(ctx, input)),
  tryDraft: signedIn.input(TryDraftInput).mutation(({ ctx, input }) => tryDraft(ctx, input)),
  tryOn: signedIn.input(TryPolicyInput).mutation(({ ctx, input }) => tryPolicy(ctx, input)),
});
