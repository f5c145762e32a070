import { and, desc, eq, gte, ne } from "drizzle-orm";
import { z } from "zod";
import { approvalRequests } from "#db/schema/approval.ts";
import { blueprintRevisions } from "#db/schema/blueprint.ts";
import { environmentTransitions, resources } from "#db/schema/environment.ts";
import { people } from "#db/schema/person.ts";
import { decisions } from "#db/schema/policy.ts";
import { runs } from "#db/schema/run.ts";
import { spaces } from "#db/schema/space.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import { can } from "#server/auth/permissions.ts";
import type { Blueprint } from "#server/blueprint/blueprint.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { accruedByEnvironment } from "#server/cost/accrual.ts";
import type { Estimate } from "#server/cost/cost.ts";
import { ratesByPhase } from "#server/cost/cost-rate.ts";
import { environmentObject, environmentRef } from "#server/environment-ref.ts";
import { Problem } from "#server/errors.ts";
import { environmentPlace } from "#server/run/run-subject.ts";
import { unseal } from "#server/secret/seal.ts";
import { findEnvironment, findEnvironmentByNumber } from "./find-environment.ts";
import { allowedEvents } from "./lifecycle.ts";
import type { Environment } from "./move-environment.ts";
import { showDrift } from "./show-drift.ts";

export const EnvironmentInput = z.object({ spaceId: z.uuid(), number: z.number().int().min(1) });
export const EnvironmentIdInput = z.object({ environmentId: z.uuid() });

/** What the actor may do with it now, so that screens ask and never compute. */
function possibleActs(ctx: Context, environment: Environment) {
  const events: readonly string[] = allowedEvents(environment.state);
  const may = (permission: Parameters<typeof can>[1]) =>
    can(ctx.actor, permission, environment.spaceId, environment.ownerId);
  return {
    extend: environment.state === "active" && may("environment.extend"),
    terminate: events.includes("terminate") && may("environment.terminate"),
    retry: events.includes("retry") && may("environment.retry"),
    forget: events.includes("forget") && may("environment.forget"),
    withdraw: events.includes("withdraw") && may("environment.terminate"),
    readSecret: environment.sealedOutputs !== null && may("environment.read_secret"),
    checkDrift: environment.state === "active" && may("environment.retry"),
    restoreDrift: environment.state === "active" && environment.driftState === "drifted" && may("environment.retry"),
  };
}

/** The environment as its page shows it: all but logs, timeline and resources, which have lists of their own. */
export async function showEnvironment(ctx: Context, input: z.infer<typeof EnvironmentInput>) {
  const found = await findEnvironmentByNumber(ctx, input.number);
  if (found.spaceId !== input.spaceId) throw new Problem("not_found", "There is no such environment in this space.");
  const { sealedInputs, sealedOutputs, ...environment } = found;
  const [names] = await ctx.db
    .select({ ownerName: people.name, ownerEmail: people.email, spaceTimeZone: spaces.timeZone })
    .from(spaces)
    .leftJoin(people, eq(people.id, found.ownerId))
    .where(eq(spaces.id, found.spaceId));
  const [revision] = await ctx.db
    .select({ digest: blueprintRevisions.digest, document: blueprintRevisions.document })
    .from(blueprintRevisions)
    .where(eq(blueprintRevisions.id, found.revisionId));
  const [decision] = found.decisionId
    ? await ctx.db.select().from(decisions).where(eq(decisions.id, found.decisionId))
    : [];
  const openApprovals = await ctx.db
    .select()
    .from(approvalRequests)
    .where(and(eq(approvalRequests.environmentId, found.id), eq(approvalRequests.state, "open")));
  const drift = await showDrift(ctx, found, revision?.document as Blueprint | undefined);
  const costs = await accruedByEnvironment(ctx, [found.id]);
  const blueprint = revision?.document as Blueprint | undefined;
  return {
    ...environment,
    ref: environmentRef(found),
    ownerName: names?.ownerName ?? null,
    ownerEmail: names?.ownerEmail ?? null,
    spaceTimeZone: names?.spaceTimeZone ?? "UTC",
    revisionDigest: revision?.digest ?? null,
    blueprint: blueprint
      ? {
          title: blueprint.title,
          icon: blueprint.icon,
          inputs: blueprint.inputs,
          instructions: blueprint.instructions,
          owner: blueprint.owner,
          grains: blueprint.grains.map(({ name, kind, dependsOn }) => ({ name, kind, dependsOn })),
        }
      : null,
    sensitiveInputNames: sealedInputs
      ? (blueprint?.inputs ?? []).filter((item) => item.sensitive).map((item) => item.name)
      : [],
    hasSecrets: sealedOutputs !== null,
    decision: decision ?? null,
    drift,
    planStop: await findPlanStop(ctx, found.id),
    openApprovals,
    costSoFar: costs.get(found.id) ?? null,
    allowedEvents: allowedEvents(found.state),
    can: {
      ...possibleActs(ctx, found),
      acceptDrift:
        drift.isAcceptable &&
        found.state === "active" &&
        can(ctx.actor, "environment.accept_drift", found.spaceId, found.ownerId),
    },
  };
}

/** The decision on a real plan that stopped the newest run, so that its page can say why. */
async function findPlanStop(ctx: Context, environmentId: string) {
  const [run] = await ctx.db
    .select({ state: runs.state, startedAt: runs.startedAt, kind: runs.kind })
    .from(runs)
    .where(eq(runs.environmentId, environmentId))
    .orderBy(desc(runs.createdAt), desc(runs.id))
    .limit(1);
  if (run?.state !== "failed" || !run.startedAt) return null;
  const { id, word, sentence, verdicts, createdAt } = decisions;
  const ofRun = and(eq(decisions.environmentId, environmentId), gte(createdAt, run.startedAt));
  const [stop] = await ctx.db
    .select({ id, word, sentence, verdicts, createdAt })
    .from(decisions)
    .where(and(ofRun, eq(decisions.action, "plan"), ne(word, "Approved")))
    .orderBy(desc(createdAt))
    .limit(1);
  return stop ? { ...stop, run: run.kind } : null;
}

/** What the environment's grains made, most telling state first. */
export async function listResources(ctx: Context, input: z.infer<typeof EnvironmentIdInput>) {
  await findEnvironment(ctx, input.environmentId, "environment.read");
  return ctx.db
    .select()
    .from(resources)
    .where(eq(resources.environmentId, input.environmentId))
    .orderBy(resources.grain, resources.address)
    .limit(2000);
}

/** The environment's cost: what accrued, and the periods with the rate that held in each. */
export async function showCost(ctx: Context, input: z.infer<typeof EnvironmentIdInput>) {
  const environment = await findEnvironment(ctx, input.environmentId, "environment.read");
  const rows = await ctx.db
    .select({
      state: environmentTransitions.toState,
      hourly: environmentTransitions.hourlyCost,
      from: environmentTransitions.at,
    })
    .from(environmentTransitions)
    .where(eq(environmentTransitions.environmentId, environment.id))
    .orderBy(environmentTransitions.at, environmentTransitions.id)
    .limit(1000);
  const now = ctx.clock.now();
  const periods = rows.map((row, index) => {
    const to =
      rows[index + 1]?.from ?? (environment.endedAt && environment.endedAt >= row.from ? environment.endedAt : now);
    const hours = Math.max(0, to.getTime() - row.from.getTime()) / 3_600_000;
    return { ...row, to, amount: row.hourly === null ? null : Number(row.hourly) * hours };
  });
  const accrued = (await accruedByEnvironment(ctx, [environment.id])).get(environment.id) ?? null;
  return {
    accrued,
    currency: "USD",
    asOf: now,
    periods,
    estimate: environment.estimate,
    rates: environment.estimate ? ratesByPhase(environment.estimate as Estimate) : null,
    monthlyEstimate: environment.monthlyEstimate,
  };
}

export const ReadSecretInput = z.object({ environmentId: z.uuid(), output: z.string().max(200) });

/** One sensitive output in clear. Each reading is an audit event. */
export function readSecretOutput(ctx: Context, input: z.infer<typeof ReadSecretInput>): Promise<{ value: string }> {
  return inTransaction(ctx, async (tx) => {
    const environment = await findEnvironment(tx, input.environmentId, "environment.read_secret");
    const { spaceId, sealedOutputs } = environment;
    const place = environmentPlace(environment, "sealed_outputs");
    const opened: Record<string, string> = sealedOutputs ? JSON.parse(unseal(sealedOutputs, place)) : {};
    const value = Object.hasOwn(opened, input.output) ? opened[input.output] : undefined;
    if (value === undefined) throw new Problem("not_found", `There is no sensitive output ${input.output}.`);
    await recordEvent(tx, {
      action: "environment.secret_read",
      spaceId,
      object: environmentObject(environment),
      data: { output: input.output },
    });
    return { value };
  });
}

/** Every decision on an environment, newest first. */
export async function listDecisions(ctx: Context, input: z.infer<typeof EnvironmentIdInput>) {
  const environment = await findEnvironment(ctx, input.environmentId, "environment.read");
  return ctx.db
    .select()
    .from(decisions)
    .where(eq(decisions.environmentId, environment.id))
    .orderBy(desc(decisions.createdAt))
    .limit(50);
}
