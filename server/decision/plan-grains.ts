import type { Grain } from "#server/blueprint/blueprint.ts";
import { renderGrain, renderTemplate, shouldRunGrain } from "#server/blueprint/render.ts";
import { isTemplate, parseTemplate, referencesOf } from "#server/blueprint/template/engine.ts";
import type { TemplateRoots } from "#server/blueprint/template/roots.ts";
import type { Plan } from "#server/plan/plan.ts";
import { buildStaticPlan } from "#server/plan/plan.ts";
import type { LaunchRequest } from "./request.ts";

const planned: readonly Grain["kind"][] = ["terraform", "opentofu"];

/** What a template knows before anything ran. */
export function rootsBeforeRun(request: LaunchRequest, values: Record<string, string>): TemplateRoots {
  return {
    inputs: { ...values, ...request.sensitiveInputs },
    blueprintName: request.revision.blueprint.name,
    ownerEmail: request.owner.email,
    environmentName: request.name,
  };
}

/** Whether a template needs something that only exists once other grains have run, or the environment is named. */
function isLater(template: string): boolean {
  if (!isTemplate(template)) return false;
  return referencesOf(parseTemplate(template)).some(([root]) => {
    const name = root?.toLowerCase();
    return name === "grains" || name === "envid" || name === "sandboxid";
  });
}

/** The files below a grain's source folder, by their path inside it. */
export function filesOfGrain(grain: Grain, files: Record<string, string>): Map<string, string> {
  const folder = grain.spec.source?.store ? undefined : grain.spec.source?.path.replace(/^\.?\/+|\/+$/g, "");
  if (folder === undefined) return new Map();
  const prefix = folder === "" ? "" : `${folder}/`;
  const inside = Object.entries(files).filter(([name]) => name.startsWith(prefix));
  return new Map(inside.map(([name, text]) => [name.slice(prefix.length), text]));
}

/** The tags that Gantry puts on everything; what is only known later is left out of a static plan. */
function plannedTags(request: LaunchRequest): Record<string, string> {
  return { owner: request.owner.email };
}

async function planGrain(grain: Grain, request: LaunchRequest, roots: TemplateRoots): Promise<Plan> {
  const early = Object.entries(grain.spec.inputs).filter(([, template]) => !isLater(template));
  const later = Object.keys(grain.spec.inputs).filter((name) => isLater(grain.spec.inputs[name] ?? ""));
  const variables = Object.fromEntries(early.map(([name, template]) => [name, renderTemplate(template, roots)]));
  return buildStaticPlan({
    files: filesOfGrain(grain, request.revision.files),
    variables,
    unknownVariables: Object.fromEntries(later.map((name) => [name, "known once the grains before it have run"])),
    defaultTags: plannedTags(request),
  });
}

/** The static plan of every grain that has one, by grain name. Grains whose `when` is not true have none. */
export async function planGrains(
  request: LaunchRequest,
  values: Record<string, string>,
): Promise<Record<string, Plan>> {
  const roots = rootsBeforeRun(request, values);
  const plans: Record<string, Plan> = {};
  for (const grain of request.revision.blueprint.grains) {
    if (!planned.includes(grain.kind)) continue;
    if (grain.when !== undefined && !isLater(grain.when) && !shouldRunGrain(grain, roots)) continue;
    plans[grain.name] = await planGrain(grain, request, roots);
  }
  return plans;
}

/** For screens: the grain as it would run, with what is known before a run. */
export function previewGrain(grain: Grain, request: LaunchRequest, values: Record<string, string>): Grain {
  return renderGrain(grain, rootsBeforeRun(request, values));
}
