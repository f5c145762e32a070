import type { PlanAction, ResourceChange } from "#server/plan/plan.ts";

export type ChangeVerb = "create" | "update" | "replace" | "destroy" | "read" | "keep" | "forget";

/** Glyph and word of each; the glyph carries the meaning where colour does not. */
export const changeLook = {
  destroy: { sign: "−", word: "destroy", tone: "denied" },
  replace: { sign: "↻", word: "replace", tone: "drifted" },
  forget: { sign: "×", word: "forget", tone: "warning" },
  update: { sign: "~", word: "change", tone: "warning" },
  create: { sign: "+", word: "create", tone: "good" },
  read: { sign: "?", word: "read", tone: "idle" },
  keep: { sign: "=", word: "keep", tone: "idle" },
} as const satisfies Record<ChangeVerb, { sign: string; word: string; tone: string }>;

/** What Terraform's list of actions amounts to. */
export function changeVerb(actions: readonly PlanAction[]): ChangeVerb {
  if (actions.includes("create") && actions.includes("delete")) return "replace";
  if (actions.includes("delete")) return "destroy";
  if (actions.includes("create")) return "create";
  if (actions.includes("update")) return "update";
  if (actions.includes("forget")) return "forget";
  return actions.includes("read") ? "read" : "keep";
}

export type FieldChange = { path: string; before: string | null; after: string | null };

/** The fields that differ, flat: unknown values and hidden ones are said as such. */
export function fieldChanges({ change }: ResourceChange): FieldChange[] {
  const before = flatten(change.before, "", change.before_sensitive, undefined);
  const after = flatten(change.after, "", change.after_sensitive, change.after_unknown);
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths
    .map((path) => ({ path, before: before.get(path) ?? null, after: after.get(path) ?? null }))
    .filter((field) => field.before !== field.after || field.before === "(hidden)");
}

const most = 400;

function flatten(value: unknown, path: string, sensitive: unknown, unknown: unknown, into = new Map<string, string>()) {
  if (into.size >= most) return into;
  if (sensitive === true) into.set(path || "value", "(hidden)");
  else if (unknown === true) into.set(path || "value", "known after apply");
  else if (isRecord(value) || isRecord(unknown)) {
    for (const key of new Set([...keysOf(value), ...keysOf(unknown)]))
      flatten(at(value, key), path ? `${path}.${key}` : key, at(sensitive, key), at(unknown, key), into);
  } else if (value !== undefined && value !== null) into.set(path || "value", JSON.stringify(value));
  return into;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && Object.keys(value).length > 0;
}

const keysOf = (value: unknown) => (isRecord(value) ? Object.keys(value) : []);
const at = (value: unknown, key: string) => (isRecord(value) ? value[key] : undefined);

const order = Object.keys(changeLook) as ChangeVerb[];

/** Destroy and replace first, then by address. */
export function sortChanges(changes: readonly ResourceChange[]): (ResourceChange & { verb: ChangeVerb })[] {
  return changes
    .filter((change) => change.mode === "managed")
    .map((change) => ({ ...change, verb: changeVerb(change.change.actions) }))
    .sort((a, b) => order.indexOf(a.verb) - order.indexOf(b.verb) || a.address.localeCompare(b.address));
}
