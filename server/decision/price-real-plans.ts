import { sql } from "drizzle-orm";
import { decisions } from "#db/schema/policy.ts";
import type { Context } from "#server/context.ts";
import { estimateDifferences } from "#server/cost/estimate-difference.ts";
import type { Plan } from "#server/plan/plan.ts";
import { planKey, realPlansIn } from "#server/plan/plan-key.ts";
import { estimateGrains } from "./estimate-grains.ts";
import type { PreparedRequest } from "./request.ts";

/** The newest plan of each of these grains that a driver made for an environment and the policies let through. */
async function readRealPlans(
  ctx: Pick<Context, "db">,
  environmentId: string,
  grains: readonly string[],
): Promise<Record<string, Plan>> {
  if (grains.length === 0) return {};
  const keys = sql.join(
    grains.map((grain) => sql`${planKey(grain)}`),
    sql`, `,
  );
  const { rows } = await ctx.db.execute<{ key: string; plan: Plan }>(sql`
    select distinct on (kept.key) kept.key, kept.value as plan
    from ${decisions} d, jsonb_each(d.inputs) kept
    where d.environment_id = ${environmentId} and d.action = 'plan' and d.word = 'Approved' and kept.key in (${keys})
    order by kept.key, d.created_at desc`);
  return realPlansIn(Object.fromEntries(rows.map(({ key, plan }) => [key, plan]))) as Record<string, Plan>;
}

/**
 * The request with the drivers' own plans in the place of those foreseen, priced anew: what only a data source or an
 * earlier grain decides has its price now. Returns the very same request where nothing costs something else.
 */
export async function withRealPlans(
  ctx: Pick<Context, "db">,
  prepared: PreparedRequest,
  newest: Record<string, Plan> = {},
): Promise<PreparedRequest> {
  const { request, values } = prepared;
  const names = request.revision.blueprint.grains.map(({ name }) => name);
  const others = names.filter((name) => !Object.hasOwn(newest, name));
  const known = request.environmentId ? await readRealPlans(ctx, request.environmentId, others) : {};
  const real = { ...known, ...newest };
  if (Object.keys(real).length === 0) return prepared;
  // In the order of the grains foreseen: it decides which grain a usage file at the blueprint's top speaks of.
  const plans = { ...prepared.plans, ...real };
  const estimate = await estimateGrains(plans, { request, values });
  return estimateDifferences(prepared.estimate, estimate).length === 0 ? prepared : { ...prepared, plans, estimate };
}
