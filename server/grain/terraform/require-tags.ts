import { type GrainStep, StepFailed } from "#server/grain/driver.ts";
import type { Plan, ResourceChange } from "#server/plan/plan.ts";
import { labelsOf } from "./tag-overrides.ts";

/** It changes while an environment is extended; what was made before keeps the end of that time until it is changed. */
const moving = "gantry-ends-at";

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const remedy = "Give the tag another name in the blueprint.";

/** A resource may add tags of its own; the environment's it may not change, hide or leave out. */
export function requireTags(step: Pick<GrainStep, "tags">, plan: Plan): void {
  for (const change of plan.resource_changes) {
    const { after, actions } = change.change;
    if (!isMap(after) || actions.includes("delete")) continue;
    if ("tags_all" in after || isUnknown(change, "tags_all"))
      requireAll(change, { ours: step.tags, own: "tags", all: "tags_all" });
    if ("terraform_labels" in after || isUnknown(change, "terraform_labels"))
      requireAll(change, { ours: labelsOf(step.tags), own: "labels", all: "terraform_labels" });
  }
}

const isUnknown = ({ change }: ResourceChange, field: string) =>
  isMap(change.after_unknown) && change.after_unknown[field] === true;

type Fields = { ours: Readonly<Record<string, string>>; own: string; all: string };

function requireAll(changed: ResourceChange, { ours, own, all }: Fields): void {
  const { address, change } = changed;
  const after = change.after as Record<string, unknown>;
  const carried = after[all];
  if (isMap(carried)) {
    const missing = Object.entries(ours).find(([key, value]) =>
      key === moving ? !carried[key] : carried[key] !== value,
    );
    if (missing)
      throw new StepFailed(
        `${address} changes the tag ${JSON.stringify(missing[0])}, which belongs to the environment.`,
        remedy,
      );
    return;
  }
  if (!isUnknown(changed, all)) return;
  // The provider tells the whole only after apply; the author's part must not touch ours.
  if (isUnknown(changed, own))
    throw new StepFailed(
      `The tags of ${address} are only known after apply, so nobody can tell whether the environment's stay.`,
      "Give its tags names that are known before.",
    );
  const names = [after[own], isMap(change.after_unknown) ? change.after_unknown[own] : undefined].filter(isMap);
  const taken = names
    .flatMap(Object.keys)
    .find((key) => Object.keys(ours).some((our) => our.toLowerCase() === key.toLowerCase()));
  if (taken)
    throw new StepFailed(
      `${address} changes the tag ${JSON.stringify(taken)}, which belongs to the environment.`,
      remedy,
    );
}
