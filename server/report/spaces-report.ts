import { can } from "#server/auth/permissions.ts";
import type { Context } from "#server/context.ts";
import { listSpaces } from "#server/space/list-spaces.ts";
import { reportMonth } from "./cost-report.ts";

/** More than anybody reads at a glance; by name. */
const mostSpaces = 100;

/** This month of each space whose reports the asker may read: spent, still to come, budget. What comes nearest its budget first. */
export async function reportSpaces(ctx: Context) {
  const readable = (await listSpaces(ctx)).filter((space) => can(ctx.actor, "report.read", space.id));
  const months = await Promise.all(
    readable.slice(0, mostSpaces).map(async (space) => {
      const { slug, name } = space;
      const { spent, coming, budget, currency, unpriced } = await reportMonth(ctx, space);
      return { slug, name, spent, coming, budget, currency, unpriced };
    }),
  );
  const share = ({ spent, coming, budget }: (typeof months)[number]) => (budget ? (spent + coming) / budget : 0);
  return {
    asOf: ctx.clock.now(),
    spaces: months.sort((a, b) => share(b) - share(a) || b.spent - a.spent || a.name.localeCompare(b.name)),
    hidden: Math.max(0, readable.length - mostSpaces),
  };
}
