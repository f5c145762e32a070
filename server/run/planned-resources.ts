import type { GrainStep } from "#server/grain/driver.ts";
import type { Plan } from "#server/plan/plan.ts";
import { redactValue } from "#server/secret/redact-value.ts";

export type PlannedResource = {
  address: string;
  type: string;
  name: string;
  region?: string;
  attributes: Record<string, unknown>;
};

const mostAttributes = 24;
const longestText = 200;
const mostManifests = 200;

/** The resources a grain would have made: from its plan, else from its manifests, else one for the whole grain. */
export function plannedResources(step: GrainStep, plan: Plan | null): PlannedResource[] {
  if (plan) return fromPlan(plan, step);
  const manifests = fromManifests(step);
  if (manifests.length > 0) return manifests;
  const type = step.grain.kind.replaceAll("-", "_");
  return [{ address: `${type}.${step.grain.name}`, type, name: step.grain.name, attributes: {} }];
}

function fromPlan(plan: Plan, step: GrainStep): PlannedResource[] {
  return plan.resource_changes
    .filter(({ mode, change }) => mode === "managed" && isRecord(change.after))
    .map(({ address, type, name, change }) => {
      const attributes = redactValue(plainAttributes(change.after, change.after_sensitive), step.sensitiveValues);
      const region = attributes.region ?? attributes.location;
      return { address, type, name, attributes, ...(typeof region === "string" && { region }) };
    });
}

/** Kubernetes objects by kind and file; names in charts are templates, so the file's name stands for them. */
function fromManifests({ grain, files }: GrainStep): PlannedResource[] {
  if (grain.kind !== "kubernetes" && grain.kind !== "helm") return [];
  const folder = grain.spec.source?.path.replace(/^\.?\/+|\/+$/g, "") ?? "";
  const found = new Map<string, PlannedResource>();
  for (const [path, content] of Object.entries(files)) {
    if (!path.startsWith(folder) || !/\.ya?ml$/.test(path) || /(^|\/)(Chart|values)[^/]*$/.test(path)) continue;
    const file = path.slice(path.lastIndexOf("/") + 1).replace(/\.ya?ml$/, "");
    for (const [, kind = ""] of content.matchAll(/^kind:[ \t]*["']?([A-Z]\w{0,60})/gm)) {
      const type = `kubernetes_${kind.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase()}`;
      const address = `${type}.${file}`;
      found.set(address, { address, type, name: file, attributes: {} });
    }
  }
  return [...found.values()].slice(0, mostManifests);
}

/** Simple, known values that are not secret. */
function plainAttributes(after: unknown, sensitive: unknown): Record<string, unknown> {
  if (!isRecord(after) || sensitive === true) return {};
  const hidden = isRecord(sensitive) ? sensitive : {};
  const plain = Object.entries(after).filter(([name, value]) => !hidden[name] && isPlain(value));
  return Object.fromEntries(plain.slice(0, mostAttributes));
}

function isPlain(value: unknown): boolean {
  if (typeof value === "string") return value.length <= longestText;
  return typeof value === "number" || typeof value === "boolean";
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
