/**
 * The part of Terraform's plan JSON that prices depend on. Both a real plan and a static one have this shape;
 * every field is optional because format versions 0.1 to 1.2 differ and hostile input may lack any.
 */
export interface PlanDocument {
  format_version?: string;
  variables?: Readonly<Record<string, { value?: unknown }>>;
  planned_values?: { root_module?: PlanModule };
  prior_state?: { values?: { root_module?: PlanModule } };
  resource_changes?: readonly PlanResourceChange[];
  /** Resources whose number is not known; one entry stands for all of them. */
  deferred_changes?: readonly { reason?: string; resource_change?: PlanResourceChange }[];
  configuration?: PlanConfiguration;
  gantry?: PlanNotes;
}

/** What a static plan adds: evaluated provider settings, and modules that only a real plan can look into. */
export interface PlanNotes {
  source?: string;
  unknowns?: readonly { address: string; path: string; reason: string }[];
  unknownCount?: number;
  remoteModules?: readonly { address: string; source: string }[];
  providers?: Readonly<Record<string, { alias?: string; values?: PlanValues }>>;
}

export type PlanValues = Readonly<Record<string, unknown>>;

export interface PlanModule {
  address?: string;
  resources?: readonly PlanResource[];
  child_modules?: readonly PlanModule[];
}

export interface PlanResource {
  address?: string;
  mode?: string;
  type?: string;
  name?: string;
  index?: string | number;
  values?: PlanValues;
}

export interface PlanResourceChange {
  address?: string;
  module_address?: string;
  mode?: string;
  type?: string;
  name?: string;
  change?: { actions?: readonly string[]; after?: unknown; after_unknown?: unknown };
}

export interface PlanConfiguration {
  /** By provider key; see `PlanProviderConfig`. */
  provider_config?: Readonly<Record<string, unknown>>;
  root_module?: PlanModuleConfig;
}

export interface PlanProviderConfig {
  name?: string;
  alias?: string;
  module_address?: string;
  expressions?: PlanValues;
}

export interface PlanModuleConfig {
  resources?: readonly PlanResourceConfig[];
  module_calls?: Readonly<Record<string, PlanModuleCall>>;
  outputs?: Readonly<Record<string, unknown>>;
}

export interface PlanResourceConfig {
  address?: string;
  mode?: string;
  type?: string;
  name?: string;
  provider_config_key?: string;
  expressions?: PlanValues;
  count_expression?: unknown;
  for_each_expression?: unknown;
}

export interface PlanModuleCall {
  source?: string;
  expressions?: PlanValues;
  module?: PlanModuleConfig;
}
