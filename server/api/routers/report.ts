import { inSpace, router, signedIn } from "#server/api/trpc.ts";
import { reportCost, reportMonth } from "#server/report/cost-report.ts";
import { reportLaunches } from "#server/report/launch-report.ts";
import { reportTimeToReady } from "#server/report/ready-report.ts";
import { ReportInput } from "#server/report/report-period.ts";
import { reportSpaces } from "#server/report/spaces-report.ts";

const period = inSpace.input(ReportInput.omit({ spaceId: true }));

export const reportRouter = router({
  month: inSpace.query(({ ctx }) => reportMonth(ctx, ctx.space)),
  spaces: signedIn.query(({ ctx }) => reportSpaces(ctx)),
  launches: period.query(({ ctx, input: { from, to } }) =>
    reportLaunches(ctx, { from, to, spaceId: ctx.space.id, timeZone: ctx.space.timeZone }),
  ),
  timeToReady: period.query(({ ctx, input: { from, to } }) =>
    reportTimeToReady(ctx, { from, to, spaceId: ctx.space.id }),
  ),
  cost: period.query(({ ctx, input: { from, to } }) =>
    reportCost(ctx, { from, to, spaceId: ctx.space.id, timeZone: ctx.space.timeZone }),
  ),
});
