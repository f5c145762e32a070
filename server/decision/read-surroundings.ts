import { and, eq, gt, isNotNull, sql } from "drizzle-orm";
import { environments } from "#db/schema/environment.ts";
import { spaces } from "#db/schema/space.ts";
import type { Context } from "#server/context.ts";
import { accruedInSpace, committedUntil } from "#server/cost/accrual.ts";
import { Problem } from "#server/errors.ts";
import type { Surroundings } from "./policy-input.ts";
import { readQuotaFacts } from "./quota-facts.ts";
import type { PreparedRequest } from "./request.ts";

const msPerHour = 3_600_000;

/** First instant of the month of `now`, and of the next one, in a time zone. */
export function monthBounds(now: Date, timeZone: string): { from: Date; to: Date } {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit" }).formatToParts(now);
  const part = (type: string) => Number(parts.find((item) => item.type === type)?.value);
  const [year, month] = [part("year"), part("month")];
  return { from: startOfDay(timeZone, year, month - 1), to: startOfDay(timeZone, year, month) };
}

/** Midnight that begins the first day of a month, as an instant. `month` counts from 0 and may run over. */
function startOfDay(timeZone: string, year: number, month: number): Date {
  const wall = Date.UTC(year, month, 1);
  const offsetAt = (instant: number) => {
    const name = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" })
      .formatToParts(new Date(instant))
      .find((item) => item.type === "timeZoneName")?.value;
    const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(name ?? "") ?? [];
    return sign ? (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000 : 0;
  };
  const guess = wall - offsetAt(wall);
  return new Date(wall - offsetAt(guess));
}

async function averageHourlyCost(ctx: Context, spaceId: string, blueprintName: string): Promise<number | null> {
  const [row] = await ctx.db
    .select({ average: sql<string | null>`avg(${environments.hourlyCost})` })
    .from(environments)
    .where(
      and(
        eq(environments.spaceId, spaceId),
        eq(environments.blueprintName, blueprintName),
        isNotNull(environments.activeAt),
        gt(environments.createdAt, new Date(ctx.clock.now().getTime() - 90 * 24 * msPerHour)),
      ),
    );
  return row?.average == null ? null : Number(row.average);
}

/** Reads what policies need to know beside the request. Call with the space locked when the decision shall hold. */
export async function readSurroundings(ctx: Context, prepared: PreparedRequest): Promise<Surroundings> {
  const { spaceId, owner, revision } = prepared.request;
  const [space] = await ctx.db.select().from(spaces).where(eq(spaces.id, spaceId));
  if (!space) throw new Problem("not_found", "There is no such space.");
  const now = ctx.clock.now();
  const month = monthBounds(now, space.timeZone);
  const blueprintName = revision.blueprint.name;
  const except = prepared.request.environmentId;
  const quota = await readQuotaFacts(ctx, { spaceId, ownerId: owner.id, blueprintName, except });
  const spent = await accruedInSpace(ctx, spaceId, { from: month.from, to: now });
  const coming = await committedUntil(ctx, spaceId, { now, until: month.to, except });
  const { slug, name, timeZone, tags } = space;
  return {
    space: {
      slug,
      name,
      timeZone,
      tags,
      monthlyBudget: space.monthlyBudget === null ? null : Number(space.monthlyBudget),
    },
    quota,
    committedThisMonth: spent + coming,
    monthEnds: month.to,
    averageHourlyCost: await averageHourlyCost(ctx, spaceId, blueprintName),
    now,
  };
}
