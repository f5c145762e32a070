import { dirname, relative, resolve, sep } from "node:path";
import { Budget, type PlanLimits } from "#server/plan/limits.ts";
import { PlanError } from "#server/plan/plan-error.ts";
import { filesInMemory, filesOnDisk, resolvePath, type SourceFiles } from "#server/plan/source-files.ts";
import { STRING } from "#server/plan/value/type.ts";
import { text, unknown } from "#server/plan/value/value.ts";
import { gatherInputs } from "./input-values.ts";
import { loadModule } from "./load-module.ts";
import { ModuleInstance } from "./module-instance.ts";
import type { ModuleSource } from "./module-source.ts";
import { rootProviders } from "./provider-view.ts";
import type { PlanSettings } from "./settings.ts";

export type StaticPlanInput = {
  /** The module's files by path. Either these or `sourceDir`. */
  files?: ReadonlyMap<string, string | Uint8Array>;
  /** The folder on disk that holds the module. */
  sourceDir?: string;
  /** The folder that nothing may be read outside of; `sourceDir` itself unless given. */
  boundaryDir?: string;
  /** Path of the root module within `files`. */
  modulePath?: string;
  variables?: Readonly<Record<string, unknown>>;
  /** Variables that will have a value, but not yet: the reason, by name. */
  unknownVariables?: Readonly<Record<string, string>>;
  /** Further `.tfvars` files, by path from the root module; later ones win. */
  tfvars?: readonly string[];
  workspace?: string;
  /** Tags that are put on every AWS resource beside the author's. */
  defaultTags?: Readonly<Record<string, string>>;
  /** The same, of tags whose value only comes later: the reason, by key. */
  unknownTags?: Readonly<Record<string, string>>;
  providerDefaults?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** What data sources gave, by address, where a real plan has read them. */
  readData?: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  limits?: Partial<PlanLimits>;
};

export function startModule(input: StaticPlanInput): { root: ModuleInstance; settings: PlanSettings } {
  const budget = new Budget(input.limits);
  const { files, rootPath } = openFiles(input, budget);
  const loaded = new Map<string, ModuleSource>();
  const load = (path: string): ModuleSource => {
    const found = loaded.get(path) ?? loadModule(files, path, budget);
    loaded.set(path, found);
    return found;
  };
  const settings: PlanSettings = {
    budget,
    files,
    rootPath,
    workspace: input.workspace ?? "default",
    defaultTags: new Map([
      ...Object.entries(input.defaultTags ?? {}).map(([key, value]) => [key, text(value)] as const),
      ...Object.entries(input.unknownTags ?? {}).map(([key, reason]) => [key, unknown(STRING, reason)] as const),
    ]),
    providerDefaults: input.providerDefaults ?? {},
    readData: input.readData ?? new Map(),
    load,
  };
  const source = load(rootPath);
  const inputs = gatherInputs({ input, source, settings });
  const root = new ModuleInstance({
    settings,
    source,
    address: "",
    depth: 0,
    inputFor: (name) => inputs.get(name),
    providers: rootProviders,
  });
  return { root, settings };
}

function openFiles(input: StaticPlanInput, budget: Budget): { files: SourceFiles; rootPath: string } {
  if (input.files) return { files: filesInMemory(input.files, budget), rootPath: checkedPath(input.modulePath ?? "") };
  if (input.sourceDir === undefined) throw new PlanError("There is no source to plan.");
  const folder = resolve(input.sourceDir);
  const boundary = resolve(input.boundaryDir ?? folder);
  const path = relative(boundary, folder).split(sep).join("/");
  return { files: filesOnDisk(boundary, budget), rootPath: checkedPath(path) };
}

function checkedPath(path: string): string {
  const resolved = resolvePath(path);
  if (resolved === undefined) throw new PlanError(`"${dirname(path)}" lies outside of the source.`);
  return resolved;
}
