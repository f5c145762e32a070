import { createSeconds, destroySeconds } from "#server/agent/simulator/durations.ts";
import { type Fault, faultOf, parseFaults } from "#server/agent/simulator/faults.ts";
import {
  createSimulated,
  destroySimulated,
  listSimulated,
  type SimulatedResource,
} from "#server/agent/simulator/simulated-cloud.ts";
import { simulatedOutput } from "#server/agent/simulator/simulated-outputs.ts";
import { config } from "#server/config.ts";
import type { Context } from "#server/context.ts";
import {
  type GrainDriver,
  type GrainOutputs,
  type GrainStep,
  StepCancelled,
  StepFailed,
} from "#server/grain/driver.ts";
import type { Plan } from "#server/plan/plan.ts";
import { type PlannedResource, plannedResources } from "./planned-resources.ts";
import { acceptSummary, findDifferences, showDrift } from "./simulated-drift.ts";
import { staticPlan } from "./static-plan.ts";

/** The input or grain input by which failures are asked for. */
const faultInput = "simulate_failure";

const seedOf = (step: GrainStep, address: string) => `${step.environment.id}/${step.grain.name}/${address}`;
const keyOf = (step: GrainStep, address: string) => ({
  environmentId: step.environment.id,
  grain: step.grain.name,
  address,
});
const faultsOf = (step: GrainStep) => parseFaults(step.inputs[faultInput] ?? step.environmentInputs[faultInput] ?? "");

function requireLuck(step: GrainStep, verb: Fault["verb"], address: string): void {
  const { attempt } = step;
  const rate = config().GANTRY_SIMULATOR_FAILURE_RATE;
  const fault = faultOf(faultsOf(step), { verb, address, attempt, seed: seedOf(step, address), rate });
  if (fault) throw new StepFailed(fault);
}

async function takeTime(step: GrainStep, seconds: number): Promise<void> {
  const speed = config().GANTRY_SIMULATOR_SPEED;
  if (speed > 0) await step.clock.sleep((seconds * 1000) / speed, step.signal);
  if (step.signal.aborted) throw new StepCancelled();
}

/** Runs any kind of grain in the simulator's cloud. */
export function simulatedDriver(ctx: Context): GrainDriver {
  const there = (step: GrainStep) => listSimulated(ctx, { environmentId: step.environment.id, grain: step.grain.name });

  const create = async (step: GrainStep, resource: PlannedResource): Promise<void> => {
    const { address, type, name, attributes, region } = resource;
    await step.journal.intend({ address, type, name, attributes });
    step.log("info", `${address}: creating`);
    await takeTime(step, createSeconds(type, seedOf(step, address)));
    requireLuck(step, "create", address);
    const { id } = await createSimulated(ctx, { ...keyOf(step, address), type, attributes });
    await step.journal.confirm(address, { cloudId: id, attributes, ...(region && { region }) });
    step.log("info", `${address}: created as ${id}`);
  };

  /** Creates what is not there as wanted; what an interrupted attempt made already is adopted. */
  const bringAbout = async (step: GrainStep, resource: PlannedResource, existing: SimulatedResource[]) => {
    const same = existing.find((other) => isSame(other, resource));
    if (!same) return create(step, resource);
    const { address, type, name, attributes, region } = resource;
    await step.journal.intend({ address, type, name, attributes });
    await step.journal.confirm(address, { cloudId: same.id, attributes, ...(region && { region }) });
  };

  const remove = async (step: GrainStep, resource: { address: string; type: string }): Promise<void> => {
    await step.journal.destroying(resource.address);
    step.log("info", `${resource.address}: destroying`);
    await takeTime(step, destroySeconds(resource.type, seedOf(step, resource.address)));
    requireLuck(step, "destroy", resource.address);
    await destroySimulated(ctx, keyOf(step, resource.address));
    await step.journal.destroyed(resource.address);
    step.log("info", `${resource.address}: destroyed`);
  };

  return {
    watch: "rarely",
    async plan(step) {
      requireLuck(step, "plan", step.grain.name);
      const plan = await staticPlan(step);
      const count = plannedResources(step, plan).length;
      return { plan, summary: `${count} to create, simulated` };
    },

    async apply(step, { plan }) {
      const resources = plannedResources(step, plan);
      const existing = await there(step);
      const obsolete = existing.filter(({ address }) => !resources.some((resource) => resource.address === address));
      const total = resources.length + obsolete.length;
      step.log("info", "Simulated: nothing real is made.");
      for (const [done, resource] of [...resources, ...obsolete].entries()) {
        step.progress({ done, total, label: resource.address });
        if (done >= resources.length) await remove(step, resource);
        else await bringAbout(step, resource as PlannedResource, existing);
      }
      step.progress({ done: total, total, label: "" });
      return { outputs: outputsOf(step, plan, await there(step)) };
    },

    async destroy(step, known) {
      const existing = (await there(step)).reverse();
      for (const { address } of known)
        if (!existing.some((resource) => resource.address === address)) await step.journal.destroyed(address);
      const failures: string[] = [];
      for (const [done, resource] of existing.entries()) {
        step.progress({ done, total: existing.length, label: resource.address });
        try {
          await remove(step, resource);
        } catch (error) {
          // The others still go: what stays is named by the verification.
          if (!(error instanceof StepFailed)) throw error;
          step.log("error", error.message);
          failures.push(error.message);
        }
      }
      if (failures.length > 0) throw new StepFailed(failures.join("; "));
    },

    async remaining(step) {
      const left = await there(step);
      return {
        verified: true,
        remaining: left.map(({ address, id }) => ({ address, reason: `The simulator still has ${id}.` })),
      };
    },

    tidy: async () => {},
    clear: async () => {},

    drift: async (step, known) => findDifferences(known, await there(step)),

    accept: {
      async plan(step, known) {
        const existing = await there(step);
        const findings = findDifferences(known, existing);
        const plan = await staticPlan(step);
        const summary = acceptSummary(findings);
        return { plan: plan && showDrift(plan, findings, existing), summary, findings };
      },
      async apply(step, { plan, findings }) {
        const existing = await there(step);
        for (const address of new Set(findings.map((finding) => finding.address))) {
          const actual = existing.find((resource) => resource.address === address);
          if (actual) await step.journal.confirm(address, { cloudId: actual.id, attributes: actual.attributes });
          else await step.journal.destroyed(address);
        }
        return { outputs: outputsOf(step, plan, existing) };
      },
    },
  };
}

function isSame(
  existing: { address: string; attributes: Record<string, unknown> },
  wanted: { address: string; attributes: Record<string, unknown> },
) {
  if (existing.address !== wanted.address) return false;
  const names = new Set([...Object.keys(existing.attributes), ...Object.keys(wanted.attributes)]);
  return [...names].every((name) => existing.attributes[name] === wanted.attributes[name]);
}

/** Values the plan knows, and plausible ones for the rest. */
function outputsOf(step: GrainStep, plan: Plan | null, made: SimulatedResource[]): GrainOutputs {
  const { grain, environment } = step;
  const { activities, scripts } = grain.spec;
  const commandOutputs = Object.values(activities).flatMap((commands) => commands.flatMap(({ outputs }) => outputs));
  const scriptOutputs = Object.values(scripts).flatMap(({ outputs }) => outputs);
  const planned = plan?.planned_values.outputs ?? {};
  const declared = [...grain.spec.outputs, ...grain.spec.sensitiveOutputs, ...commandOutputs, ...scriptOutputs];
  const outputs: GrainOutputs = {};
  for (const name of new Set([...declared, ...Object.keys(planned)])) {
    const known = Object.hasOwn(planned, name) ? planned[name] : undefined;
    const sensitive = grain.spec.sensitiveOutputs.includes(name) || known?.sensitive === true;
    outputs[name] =
      known?.value === undefined || known.value === null
        ? simulatedOutput({ name, sensitive, grain: grain.name, environment, made })
        : { value: typeof known.value === "string" ? known.value : JSON.stringify(known.value), sensitive };
  }
  return outputs;
}
