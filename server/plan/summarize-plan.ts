import { isDeepStrictEqual } from "node:util";
import type { Change, Plan, ResourceChange } from "./plan.ts";

export type SummaryAction = "create" | "update" | "replace" | "destroy" | "no-op" | "read" | "forget";

export type AttributeChange = {
  path: string;
  /** Left out where there is none, or where it is secret. */
  before?: unknown;
  after?: unknown;
  isUnknown: boolean;
  isSensitive: boolean;
  forcesReplacement: boolean;
};

export type ResourceSummary = {
  address: string;
  module: string;
  type: string;
  mode: "managed" | "data";
  action: SummaryAction;
  reason: string | undefined;
  changes: AttributeChange[];
};

export type PlanSummary = {
  counts: Record<SummaryAction, number>;
  /** Destroys and replacements first, then by address; what stays as it is last. */
  resources: ResourceSummary[];
  outputs: { name: string; action: SummaryAction; change: AttributeChange }[];
};

const order: Readonly<Record<SummaryAction, number>> = {
  destroy: 0,
  replace: 1,
  update: 2,
  create: 3,
  forget: 4,
  read: 5,
  "no-op": 6,
};
const mostChanges = 1_000;

/** What a plan does, for screens and approvals. Secret values are hidden here already. */
export function summarizePlan(plan: Plan): PlanSummary {
  const counts: PlanSummary["counts"] = {
    create: 0,
    update: 0,
    replace: 0,
    destroy: 0,
    "no-op": 0,
    read: 0,
    forget: 0,
  };
  const resources = plan.resource_changes.map(summarizeResource);
  for (const resource of resources) counts[resource.action] += 1;
  resources.sort(
    (left, right) => order[left.action] - order[right.action] || compareAddresses(left.address, right.address),
  );
  const outputs = Object.entries(plan.output_changes ?? {}).map(([name, change]) => summarizeOutput(name, change));
  return { counts, resources, outputs };
}

function compareAddresses(left: string, right: string): number {
  return left.localeCompare(right, "en", { numeric: true });
}

export function actionOf(change: Pick<Change, "actions">): SummaryAction {
  const { actions } = change;
  if (actions.includes("create") && actions.includes("delete")) return "replace";
  if (actions.includes("create") && actions.includes("forget")) return "replace";
  const [action = "no-op"] = actions;
  return action === "delete" ? "destroy" : action;
}

function summarizeResource(resource: ResourceChange): ResourceSummary {
  const action = actionOf(resource.change);
  return {
    address: resource.address,
    module: resource.module_address ?? "",
    type: resource.type,
    mode: resource.mode,
    action,
    reason: resource.action_reason,
    changes: action === "no-op" ? [] : attributeChanges(resource.change),
  };
}

function summarizeOutput(name: string, change: Change): PlanSummary["outputs"][number] {
  const isSensitive = change.after_sensitive === true || change.before_sensitive === true;
  const [first] = attributeChanges({
    ...change,
    before: { [name]: change.before },
    after: { [name]: change.after },
    after_unknown: { [name]: change.after_unknown },
    before_sensitive: { [name]: isSensitive },
    after_sensitive: { [name]: isSensitive },
  });
  const unchanged: AttributeChange = { path: name, isUnknown: false, isSensitive, forcesReplacement: false };
  return { name, action: actionOf(change), change: first ?? unchanged };
}

/** Each top-level attribute that differs; nested ones are compared inside, so that one changed tag is one line. */
export function attributeChanges(change: Change): AttributeChange[] {
  const found: AttributeChange[] = [];
  const replacing = new Set(
    (change.replace_paths ?? []).map((path) => (Array.isArray(path) ? String(path[0]) : String(path))),
  );
  const sides = {
    before: change.before,
    after: change.after,
    unknown: change.after_unknown,
    beforeMask: change.before_sensitive,
    afterMask: change.after_sensitive,
  };
  walk(sides, "", found);
  for (const item of found) item.forcesReplacement = replacing.has(item.path.split(/[.[]/)[0] ?? "");
  return found;
}

type Sides = { before: unknown; after: unknown; unknown: unknown; beforeMask: unknown; afterMask: unknown };

function walk(sides: Sides, path: string, found: AttributeChange[]): void {
  if (found.length >= mostChanges) return;
  const isSensitive = sides.beforeMask === true || sides.afterMask === true;
  const isUnknown = sides.unknown === true;
  if (!isSensitive && !isUnknown && isBranch(sides)) {
    for (const key of memberKeys(sides)) walk(memberOf(sides, key), memberPath(path, key, sides), found);
    return;
  }
  if (!isUnknown && isDeepStrictEqual(sides.before ?? null, sides.after ?? null)) return;
  found.push({
    path,
    ...(!isSensitive && sides.before !== null && sides.before !== undefined && { before: sides.before }),
    ...(!isSensitive && !isUnknown && sides.after !== null && sides.after !== undefined && { after: sides.after }),
    isUnknown,
    isSensitive,
    forcesReplacement: false,
  });
}

const isStructure = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

function isBranch({ before, after, unknown }: Sides): boolean {
  const present = [before, after, unknown].filter(isStructure);
  if (present.length === 0) return false;
  const kinds = new Set(
    [before, after]
      .filter((value) => value !== null && value !== undefined)
      .map((value) => (Array.isArray(value) ? "list" : typeof value)),
  );
  return kinds.size <= 1 && !(kinds.size === 1 && !kinds.has("list") && !kinds.has("object"));
}

function memberKeys(sides: Sides): string[] {
  const keys = new Set<string>();
  for (const side of [sides.before, sides.after, sides.unknown])
    if (isStructure(side)) for (const key of Object.keys(side)) keys.add(key);
  return [...keys];
}

function memberOf(sides: Sides, key: string): Sides {
  const pick = (side: unknown) => (isStructure(side) && Object.hasOwn(side, key) ? side[key] : undefined);
  const mask = (side: unknown) => (side === true ? true : pick(side));
  return {
    before: pick(sides.before),
    after: pick(sides.after),
    unknown: pick(sides.unknown),
    beforeMask: mask(sides.beforeMask),
    afterMask: mask(sides.afterMask),
  };
}

function memberPath(path: string, key: string, sides: Sides): string {
  if ([sides.before, sides.after, sides.unknown].some(Array.isArray)) return `${path}[${key}]`;
  if (path === "") return key;
  return /^[\w-]+$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}
