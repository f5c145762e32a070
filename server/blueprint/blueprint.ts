import type { Place } from "#server/errors.ts";

/** The deployable parts a blueprint can be made of. */
export const grainKinds = [
  "terraform",
  "opentofu",
  "terragrunt",
  "helm",
  "kubernetes",
  "ansible",
  "cloudformation",
  "aws-cdk",
  "shell",
  "blueprint",
  "argocd",
  "cloudshell",
  "arm",
] as const;
export type GrainKind = (typeof grainKinds)[number];

/** Torque's input types, and the typed ones Gantry adds. Every value is text on the wire. */
export const inputTypes = [
  "string",
  "number",
  "bool",
  "agent",
  "credentials",
  "parameter",
  "env",
  "input-source",
  "file",
  "target",
  "resource",
] as const;
export type InputType = (typeof inputTypes)[number];

/** What an input means, so that a sentence can fill it: `gantry.inputs.<name>.kind`. */
export const inputKinds = [
  "region",
  "instance_type",
  "size_gb",
  "count",
  "version",
  "public",
  "environment_class",
  "owner_tag",
  "cost_center",
] as const;
export type InputKind = (typeof inputKinds)[number];

export type InputStyle = "text" | "radio" | "multi-select" | "duration";

export type InputDefinition = {
  name: string;
  type: InputType;
  /** Shown instead of the name. */
  title: string;
  description: string;
  /** Absent: a value must be given. */
  default?: string;
  /** Empty: any value. */
  allowedValues: { value: string; label: string }[];
  /** RE2 syntax, searched in the value as Torque does: anchor it. */
  pattern?: string;
  validationDescription?: string;
  sensitive: boolean;
  style: InputStyle;
  required: boolean;
  /** Bounds of a number, and what it counts, e.g. `GB`. */
  min?: number;
  max?: number;
  unit?: string;
  /** Inputs whose change makes the choices of this one stale. */
  dependsOn: string[];
  kind: InputKind | null;
  /** Other words a person may use for this input. */
  synonyms: string[];
  /** Words a person may use for one value: `{ "eu-west-1": ["ireland", "dublin"] }`. */
  valueSynonyms: Record<string, string[]>;
  parameterName?: string;
  sourceName?: string;
  allowedProviders: string[];
  file?: { maxSizeMb: number; maxFiles: number; formats: string[] };
  place: Place;
};

export type OutputDefinition = {
  name: string;
  /** Template. */
  value: string;
  kind: "regular" | "link";
  quick: boolean;
  sensitive: boolean;
};

/** Where a grain's files come from. Without `store`, `path` is inside the blueprint's own folder. */
export type Source = {
  store: string | null;
  path: string;
  ref: { kind: "branch" | "commit" | "tag"; name: string } | null;
  resourceType: string | null;
  /** Directory alias, for workspace directories and shell files. */
  name: string | null;
};

export type ShellCommand = { name: string | null; command: string; outputs: string[] };

/** A script hook of a grain, e.g. `post-helm-install`. */
export type Script = { source: Source; arguments: string; outputs: string[] };

/** All kinds share one shape; what a kind does not have is empty. Texts may be templates until `renderGrain`. */
export type GrainSpec = {
  source: Source | null;
  /** Name of the agent (template). */
  agent: string | null;
  inputs: Record<string, string>;
  outputs: string[];
  /** Names of outputs that are secrets. */
  sensitiveOutputs: string[];
  envVars: Record<string, string>;
  authentication: string[];
  tags: { autoTag: boolean; disableFor: string[] };
  /** Shell: what to run. `check` answers whether it still lives (exit 0 there, 3 gone). */
  activities: { deploy: ShellCommand[]; destroy: ShellCommand[]; check: ShellCommand[] };
  /** Shell: files of the blueprint's folder or of a store. */
  files: Source[];
  workspaceDirectories: Source[];
  scripts: Record<string, Script>;
  /** Helm and Kubernetes: the namespace deployed into. */
  targetNamespace: string | null;
  valuesFiles: Source[];
  tfvarsFiles: Source[];
  commandArguments: string;
  /** Helm: sub-commands before install. */
  helmCommands: string[];
  autoApprove: boolean;
  autoRetry: boolean;
  mode: string;
  version: string | null;
  region: string | null;
  /** Everything else of the format, as given and with templates: backend, provider-overrides, inventory-file, … */
  extra: Record<string, unknown>;
};

export type GrainApproval = {
  name: string;
  message: string;
  channels: { type: "user" | "group" | "account_channels"; names: string[] }[];
};

export type Grain = {
  name: string;
  kind: GrainKind;
  dependsOn: string[];
  /** Template; the grain runs when it gives `true`. */
  when?: string;
  approvals: GrainApproval[];
  environmentLabels: { onSuccess: string[]; onFailure: string[] };
  spec: GrainSpec;
  place: Place;
};

/** A reviewed sentence with named slots: `A {size} database for {duration}`. */
export type Prompt = {
  /** Text with `{slot}`: an input's name, or `duration` or `name`. */
  text: string;
  title: string;
  /** Slots in order of appearance. */
  slots: string[];
  /** Values shown for the slots in an example. */
  example: Record<string, string>;
};

/** A cost no price book can know, given by the owner. `amount` is a decimal; `currency` ISO 4217. */
export type DeclaredCost = {
  name: string;
  amount: string;
  currency: string;
  per: "hour" | "month" | "launch";
  /** Multiplied by this input's number when given. */
  times: string | null;
};

export type Cloud = "aws" | "azure" | "gcp" | "kubernetes" | "host";
export const clouds = ["aws", "azure", "gcp", "kubernetes", "host"] as const satisfies readonly Cloud[];

export type BlueprintLabel = { key: string; value: string | null; color: string | null; quickFilter: boolean };

/** A section of the launch form. */
export type FormSection = { name: string; description: string; inputs: { name: string; visible: string | null }[] };

/** Raised when reading gives more than before: what is stored is then read again from the files. */
export const blueprintFormat = 1;

export type Blueprint = {
  format: number;
  name: string;
  title: string;
  description: string;
  /** Component name of @tabler/icons-react, e.g. `IconDatabase`. */
  icon: string;
  labels: BlueprintLabel[];
  category: string;
  cloud: Cloud | null;
  owner: { team: string; email: string | null };
  inputs: InputDefinition[];
  outputs: OutputDefinition[];
  grains: Grain[];
  prompts: Prompt[];
  /** Words the search finds it by, beside name, title and description. */
  synonyms: string[];
  declaredCosts: DeclaredCost[];
  duration: { defaultMinutes: number; maxMinutes: number | null; alwaysOn: boolean };
  instructions: string;
  /** Where it runs unless a space says otherwise. */
  agent: "local" | "simulator";
  /** Programs the local agent must find, e.g. `terraform`. */
  requires: string[];
  readme: string;
  /** Message of the label `blocked`: nobody may launch. */
  blocked: string | null;
  /** Labels (templates) put on the environment. */
  environmentLabels: { key: string; value: string | null }[];
  form: FormSection[];
  workflow: { scope: "space" | "env" | "env_resource" } | null;
  /** Asked with one of Torque's features that only the format knows so far: `resources`, `env_references`, `family`. */
  extra: Record<string, unknown>;
};

/** One thing wrong with a blueprint's files. Errors stop it from being stored for review; warnings are shown. */
export type BlueprintProblem = {
  code: string;
  severity: "error" | "warning";
  file: string;
  /** Counted from 1; 1 where only the file is known. */
  row: number;
  column: number;
  /** Dotted path of the field, e.g. `grains.app.spec.inputs`. */
  path: string;
  message: string;
  remedy: string;
};

export type ParsedBlueprint = { blueprint?: Blueprint; problems: BlueprintProblem[] };
