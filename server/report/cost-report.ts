import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { environments } from "#db/schema/environment.ts";
import { requirePermission } from "#server/auth/permissions.ts";
import type { Context } from "#server/context.ts";
import { accruedInSpace, committedUntil, costByDay, costInPeriod } from "#server/cost/accrual.ts";
import { monthBounds } from "#server/decision/read-surroundings.ts";
import { checkPeriod, type ReportPeriod } from "./report-period.ts";

type Space = { id: string; timeZone: string; monthlyBudget: string | null; currency: string };

/** A space's cost in a period: by day, owner, blueprint and environment. Accrued from the state timeline, in the space's currency. */
export async function reportCost(ctx: Context, input: ReportPeriod & { timeZone: string }) {
  requirePermission(ctx.actor, "report.read", input.spaceId);
  checkPeriod(input);
  const now = ctx.clock.now();
  const { spaceId, from, timeZone } = input;
  const to = input.to < now ? input.to : now;
  const { total, owner, blueprint, environment } = await costInPeriod(ctx, { spaceId, from, to });
  return {
    total,
    asOf: now,
    days: await costByDay(ctx, { spaceId, from, to, timeZone }),
    owners: owner,
    blueprints: blueprint,
    environments: environment,
  };
}

/** What a space has spent this month, what its running environments will add until the month's end, and its budget. */
export async function reportMonth(ctx: Context, space: Space) {
  requirePermission(ctx.actor, "report.read", space.id);
  const now = ctx.clock.now();
  const month = monthBounds(now, space.timeZone);
  const live = ["launching", "active", "updating", "launch_failed", "ending", "leftovers"] as const;
  const unpriced = and(
    eq(environments.spaceId, space.id),
    inArray(environments.state, [...live]),
    isNull(environments.hourlyCost),
  );
  const [mine] = await ctx.db
    .select({ n: sql<number>`count(*)::int` })
    .from(environments)
    .where(
      and(
        eq(environments.spaceId, space.id),
        eq(environments.ownerId, ctx.actor.id),
        inArray(environments.state, [...live]),
      ),
    );
  return {
    spent: await accruedInSpace(ctx, space.id, { from: month.from, to: now }),
    coming: await committedUntil(ctx, space.id, { now, until: month.to }),
    budget: space.monthlyBudget === null ? null : Number(space.monthlyBudget),
    currency: space.currency,
    from: month.from,
    to: month.to,
    asOf: now,
    unpriced: await ctx.db.$count(environments, unpriced),
    mine: mine?.n ?? 0,
  };
}
