import type { Budget } from "#server/plan/limits.ts";
import type { SourceFiles } from "#server/plan/source-files.ts";
import type { Value } from "#server/plan/value/value.ts";
import type { ModuleSource } from "./module-source.ts";

/** What all modules of one plan share. */
export type PlanSettings = {
  readonly budget: Budget;
  readonly files: SourceFiles;
  readonly rootPath: string;
  readonly workspace: string;
  /** Tags that Gantry puts on everything the AWS provider can tag. */
  readonly defaultTags: ReadonlyMap<string, Value>;
  /** Provider settings to assume where the configuration has none, such as the region of the agent. */
  readonly providerDefaults: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** What data sources gave, by address, where a real plan has read them. */
  readonly readData: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  load(path: string): ModuleSource;
};
