import { z } from "zod";
import { inSpace, router, signedIn } from "#server/api/trpc.ts";
import {
  AcceptDriftInput,
  acceptDrift,
  DriftInput,
  requestDriftCheck,
  restoreDrift,
} from "#server/environment/drift.ts";
import {
  ExtendInput,
  extendEnvironment,
  PreviewExtensionInput,
  previewExtension,
} from "#server/environment/extend-environment.ts";
import { ForgetInput, forgetEnvironment } from "#server/environment/forget-environment.ts";
import { LaunchInput, launchEnvironment } from "#server/environment/launch-environment.ts";
import { ListEnvironmentsInput, listEnvironments } from "#server/environment/list-environments.ts";
import { listTimeline, TimelineInput } from "#server/environment/list-timeline.ts";
import { RetryInput, retryEnvironment } from "#server/environment/retry-environment.ts";
import {
  EnvironmentIdInput,
  EnvironmentInput,
  listDecisions,
  listResources,
  ReadSecretInput,
  readSecretOutput,
  showCost,
  showEnvironment,
} from "#server/environment/show-environment.ts";
import { TerminateInput, terminateEnvironment } from "#server/environment/terminate-environment.ts";
import { WithdrawInput, withdrawRequest } from "#server/environment/withdraw-request.ts";
import { ListRunsInput, listRuns } from "#server/run/list-runs.ts";
import { ReadLogInput, readLog } from "#server/run/read-log.ts";

/** What a screen needs back from an act; the record itself it reads again. */
const acted = ({ id, number, state, endsAt }: { id: string; number: number; state: string; endsAt: Date | null }) => ({
  id,
  number,
  state,
  endsAt,
});

export const environmentRouter = router({
  list: inSpace
    .input(ListEnvironmentsInput.omit({ spaceId: true }))
    .query(({ ctx, input }) => listEnvironments(ctx, { ...input, spaceId: ctx.space.id })),
  find: inSpace
    .input(EnvironmentInput.omit({ spaceId: true }))
    .query(({ ctx, input }) => showEnvironment(ctx, { number: input.number, spaceId: ctx.space.id })),
  resources: signedIn.input(EnvironmentIdInput).query(({ ctx, input }) => listResources(ctx, input)),
  cost: signedIn.input(EnvironmentIdInput).query(({ ctx, input }) => showCost(ctx, input)),
  runs: signedIn.input(ListRunsInput).query(({ ctx, input }) => listRuns(ctx, input)),
  log: signedIn.input(ReadLogInput).query(({ ctx, input }) => readLog(ctx, input)),
  timeline: signedIn
    .input(TimelineInput.omit({ before: true }).extend({ cursor: TimelineInput.shape.before }))
    .query(({ ctx, input: { cursor, ...rest } }) => listTimeline(ctx, { ...rest, before: cursor })),
  decisions: signedIn.input(EnvironmentIdInput).query(({ ctx, input }) => listDecisions(ctx, input)),
  readSecret: signedIn.input(ReadSecretInput).mutation(({ ctx, input }) => readSecretOutput(ctx, input)),
  // Where a value comes from is never the caller's word: only drafts carry evidence.
  launch: inSpace
    .input(LaunchInput.omit({ spaceId: true, evidence: true, prompt: true, draftId: true }))
    .mutation(({ ctx, input: { space: _slug, ...fields } }) =>
      launchEnvironment(ctx, { ...fields, evidence: {}, prompt: "", spaceId: ctx.space.id }),
    ),
  previewExtension: signedIn.input(PreviewExtensionInput).query(({ ctx, input }) => previewExtension(ctx, input)),
  extend: signedIn.input(ExtendInput).mutation(({ ctx, input }) => extendEnvironment(ctx, input)),
  terminate: signedIn
    .input(TerminateInput)
    .mutation(async ({ ctx, input }) => acted(await terminateEnvironment(ctx, input))),
  retry: signedIn.input(RetryInput).mutation(async ({ ctx, input }) => acted(await retryEnvironment(ctx, input))),
  withdraw: signedIn.input(WithdrawInput).mutation(async ({ ctx, input }) => acted(await withdrawRequest(ctx, input))),
  forget: signedIn.input(ForgetInput).mutation(async ({ ctx, input }) => acted(await forgetEnvironment(ctx, input))),
  checkDrift: signedIn.input(DriftInput).mutation(({ ctx, input }) => requestDriftCheck(ctx, input)),
  restoreDrift: signedIn.input(DriftInput).mutation(async ({ ctx, input }) => acted(await restoreDrift(ctx, input))),
  acceptDrift: signedIn
    .input(AcceptDriftInput)
    .mutation(async ({ ctx, input }) => acted(await acceptDrift(ctx, input))),
  byText: inSpace
    .input(z.object({ text: z.string().max(200) }))
    .query(({ ctx, input }) =>
      listEnvironments(ctx, { spaceId: ctx.space.id, text: input.text, sort: "-created", limit: 8 }),
    ),
});
