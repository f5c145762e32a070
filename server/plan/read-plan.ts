import type { Change, Plan, PlanModule, PlanNotes, ResourceChange } from "./plan.ts";
import { PlanError } from "./plan-error.ts";
import { type PlanReader, planReader } from "./plan-reader.ts";
import { readConfiguration } from "./read-configuration.ts";

/** Bounds of a plan document, far above real ones: the largest known has 1,899 changes in 4.8 MB. */
const mostBytes = 64_000_000;
const mostResources = 50_000;
const deepest = 200;

/** Reads `terraform show -json` text of any format version from 0.1 to 1.x into one shape. */
export function readPlan(text: string, source: PlanNotes["source"] = "real"): Plan {
  if (text.length > mostBytes) throw new PlanError(`The plan has more than ${mostBytes} bytes.`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new PlanError(
      `The plan is not valid JSON: ${error instanceof Error ? error.message : error}.`,
      undefined,
      'Make it with "terraform show -json <plan file>".',
    );
  }
  return normalizePlan(parsed, source);
}

/** Checks an already parsed document and fills in what older formats leave out. */
export function normalizePlan(document: unknown, source: PlanNotes["source"] = "real"): Plan {
  checkDepth(document);
  const reader = planReader(document, "plan");
  const version = reader.text("format_version");
  if (!/^[01]\.\d+$/.test(version))
    throw new PlanError(
      `The plan has the format version "${version}"; 0.1 to 1.x are understood.`,
      undefined,
      'Make it with "terraform show -json <plan file>".',
    );
  const changes = reader.list("resource_changes");
  if (changes.length > mostResources) throw new PlanError(`The plan has more than ${mostResources} resource changes.`);
  const outputs = reader.record("output_changes");
  const terraformVersion = reader.optionalText("terraform_version");
  const variables = reader.record("variables");
  for (const name of Object.keys(variables ?? {})) planReader(variables?.[name], `variables.${name}`);
  const prior = reader.record("prior_state");
  // Terraform 1.0 wrote drift without addresses, of no use to anyone.
  const drift = reader
    .list("resource_drift")
    .map((change, index) => planReader(change, `resource_drift[${index}]`))
    .filter((change) => change.optionalText("address") !== undefined)
    .map(readChange);
  return {
    format_version: version,
    ...(terraformVersion !== undefined && { terraform_version: terraformVersion }),
    ...(variables && { variables: variables as NonNullable<Plan["variables"]> }),
    planned_values: readValuesOf(reader, "planned_values"),
    resource_changes: changes.map((change, index) => readChange(planReader(change, `resource_changes[${index}]`))),
    ...readDeferred(reader),
    ...(outputs && { output_changes: readOutputs(outputs) }),
    ...(drift.length > 0 && { resource_drift: drift }),
    ...readStatus(reader),
    ...(prior && { prior_state: readState(planReader(prior, "prior_state")) }),
    configuration: readConfiguration(reader),
    gantry: readNotes(reader.record("gantry"), source),
  };
}

/** What Terraform puts off, because its number or its provider hangs on something unknown. */
function readDeferred(parent: PlanReader): Pick<Plan, "deferred_changes"> {
  const deferred = parent.list("deferred_changes").map((entry, index) => {
    const reader = planReader(entry, `deferred_changes[${index}]`);
    const change = planReader(reader.record("resource_change"), `${reader.path}.resource_change`);
    return { reason: reader.optionalText("reason") ?? "unknown", resource_change: readChange(change) };
  });
  return deferred.length > 0 ? { deferred_changes: deferred } : {};
}

function readStatus(reader: PlanReader): Pick<Plan, "timestamp" | "applyable" | "complete" | "errored"> {
  const timestamp = reader.optionalText("timestamp");
  const flags = ["applyable", "complete", "errored"] as const;
  const set = flags.filter((name) => typeof reader.all[name] === "boolean").map((name) => [name, reader.all[name]]);
  return { ...(timestamp !== undefined && { timestamp }), ...(Object.fromEntries(set) as { complete?: boolean }) };
}

function checkDepth(document: unknown): void {
  const pending: { value: unknown; depth: number }[] = [{ value: document, depth: 0 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (typeof next.value !== "object" || next.value === null) continue;
    if (next.depth > deepest) throw new PlanError(`The plan is nested more than ${deepest} levels deep.`);
    for (const value of Object.values(next.value)) pending.push({ value, depth: next.depth + 1 });
  }
}

function readState(reader: PlanReader): NonNullable<Plan["prior_state"]> {
  const version = reader.optionalText("format_version");
  return { ...(version !== undefined && { format_version: version }), values: readValuesOf(reader, "values") };
}

function readValuesOf(parent: PlanReader, name: string): Plan["planned_values"] {
  const values = parent.record(name);
  if (!values) return { root_module: {} };
  const reader = planReader(values, name);
  const outputs = reader.record("outputs");
  for (const output of Object.keys(outputs ?? {})) planReader(outputs?.[output], `${name}.outputs.${output}`);
  return {
    ...(outputs && { outputs: outputs as NonNullable<Plan["planned_values"]["outputs"]> }),
    root_module: readModule(planReader(reader.record("root_module") ?? {}, `${name}.root_module`)),
  };
}

function readModule(reader: PlanReader): PlanModule {
  const resources = reader.list("resources").map((resource, index) => {
    const one = planReader(resource, `${reader.path}.resources[${index}]`);
    return { ...one.all, address: one.text("address"), values: one.record("values") ?? {} };
  });
  const children = reader
    .list("child_modules")
    .map((child, index) => readModule(planReader(child, `${reader.path}.child_modules[${index}]`)));
  const address = reader.optionalText("address");
  return {
    ...(address !== undefined && { address }),
    ...(resources.length > 0 && { resources: resources as unknown as NonNullable<PlanModule["resources"]> }),
    ...(children.length > 0 && { child_modules: children }),
  };
}

const actions = new Set(["create", "update", "delete", "read", "no-op", "forget"]);

function readChange(reader: PlanReader): ResourceChange {
  const change = planReader(reader.record("change") ?? {}, `${reader.path}.change`);
  const index = reader.all.index;
  const moduleAddress = reader.optionalText("module_address");
  const reason = reader.optionalText("action_reason");
  const previous = reader.optionalText("previous_address");
  const deposed = reader.optionalText("deposed");
  return {
    address: reader.text("address"),
    ...(previous !== undefined && { previous_address: previous }),
    ...(moduleAddress !== undefined && { module_address: moduleAddress }),
    mode: reader.optionalText("mode") === "data" ? "data" : "managed",
    type: reader.text("type"),
    name: reader.optionalText("name") ?? "",
    ...((typeof index === "number" || typeof index === "string") && { index }),
    ...(deposed !== undefined && { deposed }),
    provider_name: fullProviderName(reader.optionalText("provider_name") ?? ""),
    change: readValues(change),
    ...(reason !== undefined && { action_reason: reason }),
  };
}

function readValues(reader: PlanReader): Change {
  const listed = reader.list("actions").map(String);
  const wrong = listed.find((action) => !actions.has(action));
  if (wrong !== undefined)
    throw new PlanError(`${reader.path}.actions has "${wrong}", which is no action of Terraform.`);
  const { all } = reader;
  const paths = all.replace_paths;
  const importing = reader.record("importing");
  return {
    actions: listed.length > 0 ? (listed as Change["actions"]) : ["no-op"],
    before: all.before ?? null,
    after: all.after ?? null,
    after_unknown: all.after_unknown ?? {},
    before_sensitive: all.before_sensitive ?? false,
    after_sensitive: all.after_sensitive ?? false,
    ...(Array.isArray(paths) && { replace_paths: paths }),
    ...(importing && { importing }),
  };
}

function readOutputs(outputs: Record<string, unknown>): Record<string, Change> {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, change]) => [name, readValues(planReader(change, `output_changes.${name}`))]),
  );
}

/** Terraform 0.12 wrote `aws`; later versions the whole address. */
function fullProviderName(name: string): string {
  return name === "" || name.includes("/") ? name : `registry.terraform.io/hashicorp/${name}`;
}

function readNotes(notes: Record<string, unknown> | undefined, source: PlanNotes["source"]): PlanNotes {
  const empty = { unknowns: [], unknownCount: 0, remoteModules: [], providers: {}, attributes: { set: 0, known: 0 } };
  // Only a plan that Gantry itself has stored may say where it comes from; `source` is the caller's word.
  return notes && source !== "real" ? ({ ...empty, ...notes, source } as PlanNotes) : { ...empty, source };
}
