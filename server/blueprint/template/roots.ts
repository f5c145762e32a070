import { type ParsedTemplate, type Reference, referencesOf } from "./engine.ts";

/** What a grain gave, as templates of later grains see it. */
export type GrainResult = {
  outputs: Readonly<Record<string, string>>;
  isActive: boolean;
};

/** Everything templates can read at one moment. Roots that are not there yet render as empty text. */
export type TemplateRoots = {
  inputs: Readonly<Record<string, string>>;
  params?: Readonly<Record<string, string>>;
  grains?: Readonly<Record<string, GrainResult>>;
  env_references?: Readonly<Record<string, { outputs: Readonly<Record<string, string>> }>>;
  resources?: Readonly<Record<string, string>>;
  bindings?: Readonly<Record<string, unknown>>;
  envId?: string;
  blueprintName?: string;
  ownerEmail?: string;
  environmentName?: string;
  accountName?: string;
  spaceName?: string;
};

export const collectionRoots = ["inputs", "params", "grains", "bindings", "env_references", "resources"] as const;

/** Names without a path, matched without regard to case. */
const specials: Record<string, keyof TemplateRoots> = {
  envid: "envId",
  sandboxid: "envId",
  blueprintname: "blueprintName",
  owneremail: "ownerEmail",
  environmentname: "environmentName",
  accountname: "accountName",
  spacename: "spaceName",
};

export function isSpecial(name: string): boolean {
  return Object.hasOwn(specials, name.toLowerCase());
}

/** Builds the scope one template is rendered in: own properties of plain, prototype-free objects only. */
export function scopeFor(template: ParsedTemplate, roots: TemplateRoots): Record<string, unknown> {
  const references = referencesOf(template);
  const scope = bare({});
  for (const name of collectionRoots) if (roots[name]) scope[name] = bare(roots[name]);
  if (roots.grains) scope.grains = grainScope(roots.grains, references);
  for (const [root] of references) {
    const special = root ? specials[root.toLowerCase()] : undefined;
    if (root && special) scope[root] = roots[special] ?? "";
  }
  return scope;
}

function bare(record: object): Record<string, unknown> {
  return Object.assign(Object.create(null), record);
}

/** Outputs of scripts and commands are kept with the grain's; the paths Torque gives them lead to the same place. */
function grainScope(grains: Readonly<Record<string, GrainResult>>, references: Reference[]): Record<string, unknown> {
  const scope = bare({});
  for (const [name, { outputs, isActive }] of Object.entries(grains)) {
    const view = { outputs: new OutputsView(outputs) };
    const scripts = bare({});
    const commands = bare({});
    for (const [root, grain, part, hook, , command] of references) {
      if (root !== "grains" || grain !== name) continue;
      if (part === "scripts" && hook) scripts[hook] = view;
      if (part === "activities" && command) commands[command] = view;
    }
    const activities = bare({ deploy: bare({ commands }), destroy: bare({ commands }) });
    scope[name] = bare({ ...view, is_active: isActive ? "true" : "false", scripts, activities });
  }
  return scope;
}

/** Reads as an object by key and prints as JSON. */
class OutputsView {
  [key: string]: unknown;

  constructor(outputs: Readonly<Record<string, string>>) {
    Object.assign(this, outputs);
    Object.defineProperty(this, "toString", { value: () => JSON.stringify(outputs), enumerable: false });
    Object.defineProperty(this, "toJSON", { value: () => outputs, enumerable: false });
  }
}
