import type { Grain } from "#server/blueprint/blueprint.ts";
import { shouldRunGrain } from "#server/blueprint/render.ts";
import { crashpoint } from "#server/crashpoint.ts";
import { type GrainDriver, type GrainStep, StepFailed } from "#server/grain/driver.ts";
import { redactPlan } from "#server/plan/redact-plan.ts";
import { chooseDriver } from "./choose-driver.ts";
import { keepGrainOutputs, withHiddenOutputs } from "./grain-outputs.ts";
import { openGrainStep, templateRoots } from "./grain-step.ts";
import { listKnown } from "./resource-journal.ts";
import { type PartState, runInOrder } from "./run-order.ts";
import { doStep, type StepEnd } from "./run-step.ts";
import type { RunWork, StepRow } from "./run-work.ts";
import { withProviders } from "./static-plan.ts";

const grainsAtOnce = 4;

/** The real plan broke a policy; the reason is the policy's. */
export class PlanDenied extends StepFailed {}

export type ApplyEnd = { states: Map<string, PartState>; denied: boolean };

/** Plans and applies each grain after those it depends on, judging each plan before it is applied. */
export async function applyGrains(work: RunWork, steps: readonly StepRow[]): Promise<ApplyEnd> {
  const { grains } = work.subject.blueprint;
  let denied = false;
  const parts = grains.map(({ name, dependsOn }) => ({ name, after: dependsOn }));
  const states = await runInOrder(
    parts,
    async (name) => {
      const grain = grains.find((candidate) => candidate.name === name)!;
      const step = steps.find((candidate) => candidate.grain === name)!;
      return doStep(work, step, (attempt) =>
        applyGrain(work, grain, { step, attempt }).catch((error: unknown) => {
          if (error instanceof PlanDenied) denied = true;
          throw error;
        }),
      );
    },
    { atOnce: grainsAtOnce },
  );
  return { states, denied };
}

async function applyGrain(work: RunWork, grain: Grain, at: { step: StepRow; attempt: number }): Promise<StepEnd> {
  const { environment } = work.subject;
  const roots = await templateRoots(work);
  if (!shouldRunGrain(grain, roots)) return { state: "skipped", summary: "Its condition is not met." };
  const step = await openGrainStep(work, grain, { ...at, roots, attempt: work.run.attempt + at.attempt - 1 });
  const driver = chooseDriver(work.ctx, environment.agent, grain.kind);
  try {
    return await planAndApply(work, step, driver);
  } finally {
    await driver.tidy(step);
  }
}

async function planAndApply(work: RunWork, step: GrainStep, driver: GrainDriver): Promise<StepEnd> {
  const { name } = step.grain;
  step.progress({ done: 0, total: 0, label: "Planning" });
  crashpoint("step.before-plan");
  const planned = await driver.plan(step, await listKnown(work, name));
  crashpoint("step.after-plan");
  step.log("info", `Plan: ${planned.summary}`);
  if (planned.plan && work.request.judgePlan) {
    const { plan, summary } = planned;
    // What a policy is shown may be stored with the decision, so its secrets are masked first.
    const judged = await work.request.judgePlan(work.ctx, {
      grain: name,
      plan: redactPlan(await withProviders(step, plan), step.sensitiveValues),
      summary,
    });
    if (!judged.allowed) throw new PlanDenied(`Stopped before apply. ${judged.reason}`);
  }
  crashpoint("step.before-apply");
  const outputs = withHiddenOutputs(step, (await driver.apply(step, planned)).outputs);
  crashpoint("step.after-apply");
  work.log.hide(Object.values(outputs).flatMap(({ value, sensitive }) => (sensitive ? [value] : [])));
  return {
    summary: planned.summary,
    also: (tx) => keepGrainOutputs(tx, work.subject.environment, { grain: name, outputs }),
  };
}
