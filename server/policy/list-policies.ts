import { and, desc, eq, gte, sql } from "drizzle-orm";
import { z } from "zod";
import { environments } from "#db/schema/environment.ts";
import { decisions } from "#db/schema/policy.ts";
import { can, requirePermission } from "#server/auth/permissions.ts";
import type { Context } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import { ruleRow } from "./list-rules.ts";
import { findBundledPolicy } from "./load-policies.ts";
import { listPolicyVersions, policiesInSpace } from "./policy-settings.ts";
import { staticRules } from "./static-rules.ts";
import type { Verdict } from "./verdict.ts";

const recentDays = 30;

type Counts = { approved: number; manual: number; denied: number; failed: number };

/** How often each policy said what in the last 30 days, from stored decisions, in one query. */
async function countVerdicts(ctx: Context, spaceId: string): Promise<Map<string, Counts>> {
  const since = new Date(ctx.clock.now().getTime() - recentDays * 86_400_000);
  const verdict = sql`jsonb_array_elements(${decisions.verdicts})`;
  const rows = await ctx.db.execute<{ policy: string; word: string; failed: boolean; n: number }>(sql`
    select v ->> 'policy' as policy, v ->> 'word' as word, (v ? 'error') as failed, count(*)::int as n
    from (select ${verdict} as v from ${decisions}
      where ${and(eq(decisions.spaceId, spaceId), gte(decisions.createdAt, since))}) verdicts
    group by 1, 2, 3`);
  const counts = new Map<string, Counts>();
  for (const row of rows.rows) {
    const count = counts.get(row.policy) ?? { approved: 0, manual: 0, denied: 0, failed: 0 };
    if (row.failed) count.failed += row.n;
    else if (row.word === "Approved") count.approved += row.n;
    else if (row.word === "Manual") count.manual += row.n;
    else count.denied += row.n;
    counts.set(row.policy, count);
  }
  return counts;
}

/** The policies of a space: what they are, whether they judge here, with which limits, and what they said lately. */
export async function listPolicies(ctx: Context, input: { spaceId: string }) {
  requirePermission(ctx.actor, "policy.read", input.spaceId);
  const counts = await countVerdicts(ctx, input.spaceId);
  const policies = await policiesInSpace(ctx, input.spaceId);
  return policies.map(({ policy, setting }) => {
    const { source: _source, test, ...shown } = policy;
    return {
      ...shown,
      hasTests: test !== null,
      ...setting,
      recent: counts.get(policy.name) ?? { approved: 0, manual: 0, denied: 0, failed: 0 },
    };
  });
}

export const PolicyInput = z.object({ spaceId: z.uuid(), policyName: z.string().max(100) });

/** One policy with its source, tests, static rules, present setting and every version the setting has had here. */
export async function showPolicy(ctx: Context, input: z.infer<typeof PolicyInput>) {
  requirePermission(ctx.actor, "policy.read", input.spaceId);
  const policy = findBundledPolicy(input.policyName);
  const inUse = (await policiesInSpace(ctx, input.spaceId)).find((item) => item.policy.name === policy.name);
  if (!inUse) throw new Problem("not_found", `There is no policy ${input.policyName}.`);
  const history = await listPolicyVersions(ctx, input);
  const canEdit = can(ctx.actor, "policy.edit", input.spaceId);
  const rules = staticRules(policy).map((rule) => ({ ...rule, row: ruleRow(policy, rule.id) }));
  return { ...policy, rules, setting: inUse.setting, history, canEdit };
}

export const PolicyDecisionsInput = PolicyInput.extend({
  before: z.coerce.date().optional(),
  limit: z.number().int().min(1).max(100).default(25),
});

/** The last decisions a policy took part in, with its own verdict in each. */
export async function listPolicyDecisions(ctx: Context, input: z.infer<typeof PolicyDecisionsInput>) {
  requirePermission(ctx.actor, "policy.read", input.spaceId);
  const { id, environmentId, action, word, sentence, actor, createdAt, verdicts } = decisions;
  const environment = { number: environments.number, name: environments.name };
  const rows = await ctx.db
    .select({ id, environmentId, environment, action, word, sentence, actor, createdAt, verdicts })
    .from(decisions)
    .leftJoin(environments, eq(environments.id, environmentId))
    .where(
      and(
        eq(decisions.spaceId, input.spaceId),
        sql`${decisions.policies} ? ${input.policyName}`,
        input.before ? sql`${decisions.createdAt} < ${input.before.toISOString()}::timestamptz` : undefined,
      ),
    )
    .orderBy(desc(decisions.createdAt))
    .limit(input.limit);
  return rows.map(({ verdicts: all, ...row }) => ({
    ...row,
    verdicts: (all as Verdict[]).filter((verdict) => verdict.policy === input.policyName),
  }));
}
