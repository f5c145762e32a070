import type { Location } from "#server/rego/errors.ts";
import type { Value } from "#server/rego/values/value.ts";

export interface RuleEvent {
  file: string;
  row: number;
  rule: string;
  held: boolean;
}

export interface ReadEvent {
  path: string;
  value: Value | undefined;
}

/** Listens to an evaluation: for explanations and for coverage. Closures call it only where compiled to. */
export interface Recorder {
  rule(loc: Location, name: string, held: boolean): void;
  expression(loc: Location): void;
  read(path: string, value: Value | undefined): void;
}
