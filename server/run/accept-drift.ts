import { and, eq } from "drizzle-orm";
import { resources } from "#db/schema/environment.ts";
import type { Grain } from "#server/blueprint/blueprint.ts";
import { canonicalJson } from "#server/canonical-json.ts";
import type { Context } from "#server/context.ts";
import { type DriftFinding, type GrainDriver, type GrainStep, StepFailed } from "#server/grain/driver.ts";
import { redactPlan } from "#server/plan/redact-plan.ts";
import { redactValue } from "#server/secret/redact-value.ts";
import { PlanDenied } from "./apply-grains.ts";
import { chooseDriver } from "./choose-driver.ts";
import { keepGrainOutputs, withHiddenOutputs } from "./grain-outputs.ts";
import { openGrainStep, templateRoots } from "./grain-step.ts";
import { listKnown } from "./resource-journal.ts";
import type { PartState } from "./run-order.ts";
import { doStep, type StepEnd } from "./run-step.ts";
import type { RunWork, StepRow } from "./run-work.ts";

/** The drift that was shown, of one grain: only this may be taken over. */
async function listSeen(work: RunWork, grain: string): Promise<Pick<DriftFinding, "address" | "field" | "actual">[]> {
  const rows = await work.ctx.db
    .select({ address: resources.address, drift: resources.drift })
    .from(resources)
    .where(
      and(
        eq(resources.environmentId, work.subject.environment.id),
        eq(resources.grain, grain),
        eq(resources.state, "drifted"),
      ),
    );
  return rows.flatMap(({ address, drift }) => (drift ?? []).map(({ field, actual }) => ({ address, field, actual })));
}

/** Takes over, grain by grain, what drifted as what is wanted from now on, where the policies allow it. */
export async function acceptDrift(
  work: RunWork,
  steps: readonly StepRow[],
): Promise<{ states: Map<string, PartState>; denied: boolean }> {
  const states = new Map<string, PartState>();
  let denied = false;
  for (const step of steps) {
    const grain = work.subject.blueprint.grains.find(({ name }) => name === step.grain);
    if (!grain || [...states.values()].some((state) => state === "failed" || state === "cancelled")) continue;
    const body = (attempt: number) =>
      acceptOfGrain(work, grain, { step, attempt }).catch((error: unknown) => {
        if (error instanceof PlanDenied) denied = true;
        throw error;
      });
    states.set(grain.name, await doStep(work, step, body));
  }
  return { states, denied };
}

async function acceptOfGrain(work: RunWork, grain: Grain, at: { step: StepRow; attempt: number }): Promise<StepEnd> {
  const seen = await listSeen(work, grain.name);
  if (seen.length === 0) return { state: "skipped", summary: "Nothing of it drifted." };
  const driver = chooseDriver(work.ctx, work.subject.environment.agent, grain.kind);
  if (!driver.accept)
    throw new StepFailed(`What a ${grain.kind} grain found can't become the baseline.`, "Restore it instead.");
  const step = await openGrainStep(work, grain, { ...at, roots: await templateRoots(work) });
  try {
    return await acceptJudged(work, step, { accept: driver.accept, seen });
  } finally {
    await driver.tidy(step);
  }
}

async function acceptJudged(
  work: RunWork,
  step: GrainStep,
  { accept, seen }: { accept: NonNullable<GrainDriver["accept"]>; seen: Awaited<ReturnType<typeof listSeen>> },
): Promise<StepEnd> {
  const { name } = step.grain;
  const planned = await accept.plan(step, await listKnown(work, name));
  requireSeen(redactValue(planned.findings, step.sensitiveValues), seen);
  if (planned.plan && work.request.judgePlan) {
    const { plan, summary } = planned;
    const judged = await work.request.judgePlan(work.ctx, {
      grain: name,
      plan: redactPlan(plan, step.sensitiveValues),
      summary,
    });
    if (!judged.allowed) throw new PlanDenied(`Nothing was taken over. ${judged.reason}`);
  }
  const outputs = withHiddenOutputs(step, (await accept.apply(step, planned)).outputs);
  work.log.hide(Object.values(outputs).flatMap(({ value, sensitive }) => (sensitive ? [value] : [])));
  return {
    summary: planned.summary,
    also: async (tx) => {
      await keepGrainOutputs(tx, work.subject.environment, { grain: name, outputs });
      await settle(tx, work, name);
    },
  };
}

/** What changed since people looked is nothing they said yes to. */
function requireSeen(found: readonly DriftFinding[], seen: Awaited<ReturnType<typeof listSeen>>): void {
  const key = ({ address, field, actual }: Pick<DriftFinding, "address" | "field" | "actual">) =>
    canonicalJson([address, field, actual]);
  const known = new Set(seen.map(key));
  const unseen = found.find((finding) => !known.has(key(finding)));
  if (unseen)
    throw new StepFailed(
      `${unseen.address} has changed since the last check: ${unseen.field}. Nothing was taken over.`,
      "Check again, look at what is found, then accept it.",
    );
}

async function settle(tx: Context, work: RunWork, grain: string): Promise<void> {
  await tx.db
    .update(resources)
    .set({ state: "created", drift: null, updatedAt: tx.clock.now() })
    .where(
      and(
        eq(resources.environmentId, work.subject.environment.id),
        eq(resources.grain, grain),
        eq(resources.state, "drifted"),
      ),
    );
}
