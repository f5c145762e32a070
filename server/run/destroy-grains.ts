import { and, eq, isNotNull, ne } from "drizzle-orm";
import { resources } from "#db/schema/environment.ts";
import { grainOutputs, runSteps } from "#db/schema/run.ts";
import type { Grain } from "#server/blueprint/blueprint.ts";
import { crashpoint } from "#server/crashpoint.ts";
import type { Aftermath } from "#server/grain/driver.ts";
import { chooseDriver } from "./choose-driver.ts";
import { dropGrainOutputs } from "./grain-outputs.ts";
import { openGrainStep, templateRoots } from "./grain-step.ts";
import { listGone, listKnown, settleAftermath } from "./resource-journal.ts";
import { type PartState, reversed, runInOrder } from "./run-order.ts";
import { doStep, listStepRows, type StepEnd } from "./run-step.ts";
import { type RunWork, type StepRow, throwIfLetGo, writeFenced } from "./run-work.ts";

const grainsAtOnce = 4;

export type DestroyEnd = {
  states: Map<string, PartState>;
  verified: PartState;
  leftovers: { address: string; reason: string }[];
  unverified: string[];
};

/** Destroys the grains, each before those it depends on, past all failures; then looks what is really left. */
export async function destroyGrains(work: RunWork, steps: readonly StepRow[]): Promise<DestroyEnd> {
  const { grains } = work.subject.blueprint;
  const parts = reversed(grains.map(({ name, dependsOn }) => ({ name, after: dependsOn })));
  const states = await runInOrder(
    parts,
    (name) => {
      const grain = grains.find((candidate) => candidate.name === name)!;
      const step = steps.find((candidate) => candidate.grain === name && candidate.verb === "destroy")!;
      return doStep(work, step, (attempt) => destroyGrain(work, grain, { step, attempt }));
    },
    { atOnce: grainsAtOnce, continuePastFailures: true },
  );
  const end: DestroyEnd = { states, verified: "cancelled", leftovers: [], unverified: [] };
  const verify = steps.find(({ verb }) => verb === "verify")!;
  // A verification that was interrupted, or whose run was not closed, looks again: only a fresh read counts.
  const again = { ...verify, state: "waiting" as const };
  end.verified = await doStep(work, again, async () => {
    for (const row of await listStepRows(work.ctx, work.run.id)) {
      const grain = grains.find(({ name }) => name === row.grain);
      if (!grain || row.verb !== "destroy" || row.state === "skipped") continue;
      await verifyGrain(work, grain, { step: verify, end, failed: row.state === "failed" });
    }
    const left = end.leftovers.length;
    return { summary: left === 0 ? "Nothing is left." : `${left} left.` };
  });
  return end;
}

async function destroyGrain(work: RunWork, grain: Grain, at: { step: StepRow; attempt: number }): Promise<StepEnd> {
  if (!(await wasTouched(work, grain.name))) return { state: "skipped", summary: "Nothing of it was made." };
  const roots = await templateRoots(work);
  const step = await openGrainStep(work, grain, { ...at, roots, attempt: work.run.attempt + at.attempt - 1 });
  const known = await listKnown(work, grain.name);
  crashpoint("step.before-destroy");
  const driver = chooseDriver(work.ctx, work.subject.environment.agent, grain.kind);
  await driver.destroy(step, known).finally(() => driver.tidy(step));
  crashpoint("step.after-destroy");
  return { summary: known.length === 1 ? "1 resource destroyed" : `${known.length} resources destroyed` };
}

async function verifyGrain(
  work: RunWork,
  grain: Grain,
  at: { step: StepRow; end: DestroyEnd; failed: boolean },
): Promise<void> {
  const known = await listKnown(work, grain.name);
  const aftermath = await look(work, grain, at.step);
  let { remaining } = aftermath;
  if (!aftermath.verified && at.failed) {
    const addresses = known.length ? known.map(({ address }) => address) : [grain.name];
    remaining = addresses.map((address) => ({ address, reason: aftermath.reason ?? "Its destroy step failed." }));
  }
  if (!aftermath.verified) at.end.unverified.push(grain.name);
  await settleAftermath(work, grain.name, remaining);
  at.end.leftovers.push(...remaining);
  for (const { address, reason } of remaining)
    work.log.write(at.step.id, "error", `${grain.name}: ${address} is left: ${reason}`);
  if (remaining.length > 0) return;
  const { environment } = work.subject;
  await writeFenced(work, (tx) => dropGrainOutputs(tx, environment.id, grain.name));
  crashpoint("step.after-verify");
}

/** Reads afresh what exists. A driver that can't even look leaves everything under suspicion. */
async function look(work: RunWork, grain: Grain, stepRow: StepRow): Promise<Aftermath & { reason?: string }> {
  const known = await listKnown(work, grain.name);
  try {
    const roots = await templateRoots(work);
    const step = await openGrainStep(work, grain, { step: stepRow, roots, attempt: 1 });
    const driver = chooseDriver(work.ctx, work.subject.environment.agent, grain.kind);
    const aftermath = await driver
      .remaining(step, known, await listGone(work, grain.name))
      .finally(() => driver.tidy(step));
    if (aftermath.remaining.length === 0 && aftermath.verified) await driver.clear(step);
    return aftermath;
  } catch (error) {
    throwIfLetGo(work.request);
    const reason = `Could not look: ${error instanceof Error ? error.message : String(error)}`;
    return { verified: true, remaining: known.map(({ address }) => ({ address, reason: work.log.redact(reason) })) };
  }
}

/** Whether anything of a grain may exist: one that no run has begun, or that is proven gone, needs no teardown. */
async function wasTouched(work: RunWork, grain: string): Promise<boolean> {
  const { db } = work.ctx;
  const { id } = work.subject.environment;
  if ((await listKnown(work, grain)).length > 0) return true;
  const gave = and(eq(grainOutputs.environmentId, id), eq(grainOutputs.grain, grain));
  if ((await db.$count(grainOutputs, gave)) > 0) return true;
  const recorded = and(eq(resources.environmentId, id), eq(resources.grain, grain));
  if ((await db.$count(resources, recorded)) > 0) return false;
  const begun = [eq(runSteps.environmentId, id), eq(runSteps.grain, grain), eq(runSteps.verb, "apply")];
  return (await db.$count(runSteps, and(...begun, isNotNull(runSteps.startedAt), ne(runSteps.state, "skipped")))) > 0;
}
