import { type StaticPlanInput, startModule } from "./module/start-module.ts";
import { LimitError } from "./plan-error.ts";
import { collectChanges } from "./render/changes.ts";
import { renderConfiguration } from "./render/configuration.ts";
import { renderOutputChanges, renderPlannedValues, renderVariables } from "./render/planned-values.ts";
import { renderProviders } from "./render/providers.ts";
import { collectUnknowns } from "./render/unknowns.ts";

/** A Terraform plan as `terraform show -json` writes it, with Gantry's own notes under `gantry`. */
export type Plan = {
  format_version: string;
  terraform_version?: string;
  variables?: Record<string, { value?: unknown }>;
  planned_values: { outputs?: Record<string, PlannedOutput>; root_module: PlanModule };
  resource_changes: ResourceChange[];
  /** Resources whose number cannot be known: one entry stands for all instances, `[*]` in its address. */
  deferred_changes?: { reason: string; resource_change: ResourceChange }[];
  output_changes?: Record<string, Change>;
  /** What changed behind Terraform's back, where the real plan looked. */
  resource_drift?: ResourceChange[];
  timestamp?: string;
  applyable?: boolean;
  complete?: boolean;
  errored?: boolean;
  prior_state?: {
    format_version?: string;
    values?: { outputs?: Record<string, PlannedOutput>; root_module?: PlanModule };
  };
  configuration: PlanConfiguration;
  gantry: PlanNotes;
};

export type PlanSource = "static" | "real" | "declared";

export type PlanNotes = {
  /** Who made it: Gantry from the HCL alone, a driver's CLI, or the author of a blueprint by hand. */
  source: PlanSource;
  /** What could not be known, why, and where; the first ones only where there are very many. */
  unknowns: PlanUnknown[];
  unknownCount: number;
  /** Module calls that only a real plan can look into. */
  remoteModules: { address: string; source: string; version?: string }[];
  /** Evaluated settings of each provider configuration, by `provider_config_key`; secrets left out. */
  providers: Record<string, { name: string; alias?: string; values: Record<string, unknown> }>;
  /** Attributes set by the configuration, and how many of them are known. */
  attributes: { set: number; known: number };
};

export type PlanUnknown = { address: string; path: string; reason: string };

export type PlannedOutput = { sensitive: boolean; value?: unknown; type?: unknown };

export type PlanModule = { address?: string; resources?: PlanResource[]; child_modules?: PlanModule[] };

export type PlanResource = {
  address: string;
  mode: "managed" | "data";
  type: string;
  name: string;
  index?: number | string;
  provider_name: string;
  schema_version?: number;
  values: Record<string, unknown>;
  sensitive_values?: unknown;
};

export type PlanAction = "create" | "update" | "delete" | "read" | "no-op" | "forget";

export type Change = {
  actions: PlanAction[];
  before: unknown;
  after: unknown;
  after_unknown: unknown;
  before_sensitive?: unknown;
  after_sensitive?: unknown;
  replace_paths?: unknown[];
  /** What exists and is taken into the state. */
  importing?: Record<string, unknown>;
};

export type ResourceChange = {
  address: string;
  previous_address?: string;
  module_address?: string;
  mode: "managed" | "data";
  type: string;
  name: string;
  index?: number | string;
  deposed?: string;
  provider_name: string;
  change: Change;
  action_reason?: string;
};

export type PlanConfiguration = { provider_config?: Record<string, unknown>; root_module?: ModuleConfiguration };

export type ModuleConfiguration = {
  outputs?: Record<string, unknown>;
  resources?: ResourceConfiguration[];
  module_calls?: Record<string, ModuleCallConfiguration>;
  variables?: Record<string, unknown>;
};

export type ResourceConfiguration = {
  address: string;
  mode: "managed" | "data";
  type: string;
  name: string;
  provider_config_key: string;
  expressions: Record<string, unknown>;
  schema_version: number;
  count_expression?: unknown;
  for_each_expression?: unknown;
  depends_on?: string[];
};

export type ModuleCallConfiguration = {
  source: string;
  expressions?: Record<string, unknown>;
  module?: ModuleConfiguration;
  version_constraint?: string;
  count_expression?: unknown;
  for_each_expression?: unknown;
  depends_on?: string[];
};

/** Plans a Terraform module from its HCL alone: no provider, no network, no state. Everything it says holds in the real plan. */
export async function buildStaticPlan(input: StaticPlanInput): Promise<Plan> {
  try {
    return planModule(input);
  } catch (error) {
    // The depth of the language is bounded well before this; it is the net below that bound.
    if (error instanceof RangeError && error.message.includes("call stack"))
      throw new LimitError("The plan was stopped: expressions that refer to one another too deeply.");
    throw error;
  }
}

function planModule(input: StaticPlanInput): Plan {
  const { root } = startModule(input);
  const changes = collectChanges(root);
  const { unknowns, total } = collectUnknowns(root, changes);
  return {
    format_version: "1.2",
    ...renderVariables(root),
    planned_values: renderPlannedValues(root, changes),
    resource_changes: changes.planned.map((planned) => planned.change),
    ...(changes.deferred.length > 0 && { deferred_changes: changes.deferred }),
    ...renderOutputChanges(root),
    configuration: renderConfiguration(root),
    gantry: {
      source: "static",
      unknowns,
      unknownCount: total,
      remoteModules: changes.remoteModules,
      providers: renderProviders(changes),
      attributes: changes.attributes,
    },
  };
}
