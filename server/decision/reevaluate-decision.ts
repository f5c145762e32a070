import { eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { environments } from "#db/schema/environment.ts";
import { decisions, policySources } from "#db/schema/policy.ts";
import { requirePermission } from "#server/auth/permissions.ts";
import { digestOf } from "#server/canonical-json.ts";
import type { Context } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import { realPlansIn } from "#server/plan/plan-key.ts";
import { policyEvaluator } from "#server/policy/choose-evaluator.ts";
import { judge } from "#server/policy/judge.ts";
import { bundledPolicies, readPolicy } from "#server/policy/load-policies.ts";
import type { Policy } from "#server/policy/policy.ts";
import type { DecisionWord, Verdict } from "#server/policy/verdict.ts";
import type { Decision } from "./decide.ts";
import { foldVerdicts } from "./fold-verdicts.ts";
import { type environmentInput, planInput } from "./policy-input.ts";

export const ReevaluateInput = z.object({ decisionId: z.uuid() });

type Answer = Pick<Verdict, "word" | "reason" | "rule">;

/** One stored verdict beside what the same policy says to the same document now. */
export type RepeatedVerdict = {
  policy: string;
  title: string;
  grain: string | null;
  stored: Answer;
  /** Null where it cannot be asked again; `note` says why. */
  now: Answer | null;
  isSame: boolean;
  note: string | null;
};

export type Reevaluation = {
  decisionId: string;
  engine: { stored: string; now: string };
  word: { stored: DecisionWord; now: DecisionWord | null };
  isSame: boolean;
  verdicts: RepeatedVerdict[];
};

type Row = typeof decisions.$inferSelect;
type Stored = Pick<Decision, "policies"> & {
  row: Row;
  document: ReturnType<typeof environmentInput>;
  verdicts: Verdict[];
  sources: ReadonlyMap<string, Policy>;
  plans: Record<string, PlanDocument>;
};

export async function findDecision(ctx: Context, id: string): Promise<Row> {
  const [row] = await ctx.db.select().from(decisions).where(eq(decisions.id, id));
  if (!row) throw new Problem("not_found", "There is no such decision.");
  return row;
}

/** The policies as they were, by name, from the sources kept under their digests. */
async function readSources(ctx: Context, policies: Decision["policies"]): Promise<Map<string, Policy>> {
  const digests = Object.values(policies).map(({ digest }) => digest);
  if (digests.length === 0) return new Map();
  const rows = await ctx.db.select().from(policySources).where(inArray(policySources.digest, digests));
  return new Map(
    rows.map(({ policyName, source }) => {
      const file = bundledPolicies().get(policyName)?.file ?? `policies/${policyName}.rego`;
      return [policyName, { ...readPolicy(file, source, null), name: policyName }];
    }),
  );
}

type PlanDocument = Parameters<typeof planInput>[0];

/**
 * The plans that were judged: of a real plan's decision those kept with it, of a launch those of its environment, unless
 * they have changed since.
 */
export async function readPlans(ctx: Context, row: Row): Promise<Record<string, PlanDocument>> {
  if (row.action === "plan") {
    return realPlansIn(row.inputs) as Record<string, PlanDocument>;
  }
  if (row.action !== "launch" || !row.environmentId) return {};
  const [environment] = await ctx.db
    .select({ plan: environments.plan })
    .from(environments)
    .where(eq(environments.id, row.environmentId));
  const isTheOne = digestOf(environment?.plan ?? {}) === row.planParts?.plan;
  return isTheOne ? ((environment?.plan ?? {}) as Record<string, PlanDocument>) : {};
}

const answerOf = ({ word, reason, rule }: Verdict): Answer => ({ word, reason, ...(rule !== undefined && { rule }) });

async function repeat(
  stored: Stored,
  verdict: Verdict,
): Promise<{ repeated: RepeatedVerdict; verdict: Verdict | null }> {
  const { policy: name, title, grain = null } = verdict;
  const base = { policy: name, title, grain, stored: answerOf(verdict) };
  const cannot = (note: string) => ({ repeated: { ...base, now: null, isSame: false, note }, verdict: null });
  const policy = stored.sources.get(name);
  if (!policy || policy.digest !== verdict.digest) return cannot("The policy's source is not kept.");
  const plan = grain === null ? undefined : stored.plans[grain];
  if (grain !== null && !plan) return cannot("The plan it judged is no longer kept.");
  const question = {
    policy,
    data: stored.policies[name]?.data ?? {},
    input: plan ? planInput(plan, stored.document) : stored.document,
    now: new Date(stored.document.gantry.time.now),
  };
  const now = await judge(policyEvaluator(), question);
  const isSame = digestOf(answerOf(now)) === digestOf(base.stored);
  return { repeated: { ...base, now: answerOf(now), isSame, note: null }, verdict: now };
}

/**
 * Asks the policies of a stored decision again, at their digests, with the documents and limits of that time, and says of
 * each verdict whether word, reason and rule are the same. Stores nothing.
 */
export async function reevaluateDecision(ctx: Context, input: z.infer<typeof ReevaluateInput>): Promise<Reevaluation> {
  const row = await findDecision(ctx, input.decisionId);
  requirePermission(ctx.actor, "policy.read", row.spaceId);
  const policies = row.policies as Decision["policies"];
  const stored: Stored = {
    row,
    policies,
    document: row.inputs.environment as Stored["document"],
    verdicts: row.verdicts as Verdict[],
    sources: await readSources(ctx, policies),
    plans: await readPlans(ctx, row),
  };
  const asked = await Promise.all(stored.verdicts.map((verdict) => repeat(stored, verdict)));
  const answers = asked.flatMap(({ verdict }) => verdict ?? []);
  const isWhole = answers.length === asked.length;
  const verdicts = asked.map(({ repeated }) => repeated);
  return {
    decisionId: row.id,
    engine: { stored: row.engine, now: policyEvaluator().engine },
    word: { stored: row.word, now: isWhole && answers.length > 0 ? foldVerdicts(answers).word : null },
    isSame: verdicts.every(({ isSame }) => isSame),
    verdicts,
  };
}
