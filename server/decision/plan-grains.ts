import type { Grain } from "#server/blueprint/blueprint.ts";
import { renderGrain, renderTemplate, shouldRunGrain } from "#server/blueprint/render.ts";
import { isTemplate, parseTemplate, referencesOf } from "#server/blueprint/template/engine.ts";
import type { TemplateRoots } from "#server/blueprint/template/roots.ts";
import { grainTag, tagsBeforeLaunch, tagsOfLaunch } from "#server/grain/environment-tags.ts";
import type { Plan } from "#server/plan/plan.ts";
import { planGrain } from "#server/plan/plan-grain.ts";
import type { LaunchRequest } from "./request.ts";

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

/** What a grain's module is given before anything ran: what only comes later is unknown, with its reason. */
function planInputOf(grain: Grain, request: LaunchRequest, roots: TemplateRoots) {
  const early = Object.entries(grain.spec.inputs).filter(([, template]) => !isLater(template));
  const later = Object.keys(grain.spec.inputs).filter((name) => isLater(grain.spec.inputs[name] ?? ""));
  return {
    files: request.revision.files,
    variables: Object.fromEntries(early.map(([name, template]) => [name, renderTemplate(template, roots)])),
    unknownVariables: Object.fromEntries(later.map((name) => [name, "known once the grains before it have run"])),
    defaultTags: {
      ...tagsBeforeLaunch({ space: request.space, ownerEmail: request.owner.email }),
      ...grainTag(grain.name),
    },
    unknownTags: tagsOfLaunch,
  };
}

/** The static plan of every grain that has one, by grain name. Grains whose `when` is not true have none. */
export async function planGrains(
  request: LaunchRequest,
  values: Record<string, string>,
): Promise<Record<string, Plan>> {
  const roots = rootsBeforeRun(request, values);
  const plans: Record<string, Plan> = {};
  for (const grain of request.revision.blueprint.grains) {
    if (grain.when !== undefined && !isLater(grain.when) && !shouldRunGrain(grain, roots)) continue;
    const plan = await planGrain(grain, planInputOf(grain, request, roots));
    if (plan) plans[grain.name] = plan;
  }
  return plans;
}

/** For screens: the grain as it would run, with what is known before a run. */
export function previewGrain(grain: Grain, request: LaunchRequest, values: Record<string, string>): Grain {
  return renderGrain(grain, rootsBeforeRun(request, values));
}
