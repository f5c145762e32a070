import type { GrainStep } from "#server/grain/driver.ts";
import type { Plan, ResourceChange } from "#server/plan/plan.ts";
import { isPartOfOwn, plannedId } from "./import-ids.ts";

export type Intention = Parameters<GrainStep["journal"]["intend"]>[0] & { cloudId?: string };

/** Marks a resource that goes with the one it belongs to, so that nobody has to look for it. */
export const partMark = "gantry:part";

const mostAttributes = 24;
const longestText = 200;

/**
 * What an apply of this plan will make, with all by which it can be found again if the apply is killed: its name, and the
 * plain values that tell it from its likes.
 */
export function intentionsOf(plan: Plan, secrets: readonly string[]): Intention[] {
  const own = ownValues(plan);
  return plan.resource_changes
    .filter(({ mode, change }) => mode === "managed" && change.actions.includes("create"))
    .map(({ address, type, name, change }) => {
      const planned = plainValues(change, secrets);
      const cloudId = plannedId(type, planned);
      const part = isPartOfOwn(type, planned, own) && { [partMark]: true };
      return { address, type, name, attributes: { ...planned, ...part }, ...(cloudId && { cloudId }) };
    });
}

/** Ids and names of everything in the plan. */
function ownValues(plan: Plan): Set<unknown> {
  const names = ["id", "arn", "name", "bucket", "url", "function_name", "key_id"];
  const managed = plan.resource_changes.filter(({ mode }) => mode === "managed");
  return new Set(
    managed
      .filter(({ type, change }) => !isPartOfOwn(type, {}, new Set()) && isRecord(change.after))
      .flatMap(({ change }) => names.map((name) => (change.after as Record<string, unknown>)[name]))
      .filter((value) => typeof value === "string"),
  );
}

function plainValues(change: ResourceChange["change"], secrets: readonly string[]): Record<string, unknown> {
  const { after, after_sensitive: sensitive } = change;
  if (!isRecord(after) || sensitive === true) return {};
  const hidden = isRecord(sensitive) ? sensitive : {};
  const isPlain = ([name, value]: [string, unknown]) =>
    !hidden[name] &&
    (typeof value === "number" || typeof value === "boolean" || (typeof value === "string" && isShort(value, secrets)));
  return Object.fromEntries(Object.entries(after).filter(isPlain).slice(0, mostAttributes));
}

const isShort = (text: string, secrets: readonly string[]) =>
  text.length <= longestText && !secrets.some((secret) => secret !== "" && text.includes(secret));

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
