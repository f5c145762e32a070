import type { Location } from "#server/rego/errors.ts";
import type { Value } from "#server/rego/values/value.ts";

/** Listens to an evaluation: for explanations and for coverage. Closures call it only where compiled to. */
export interface Recorder {
  rule(loc: Location, name: string, held: boolean): void;
  expression(loc: Location): void;
  /** Something of `input` or of base `data` was looked at; without a value where there was none. */
  read(path: string, value: Value | undefined): void;
  /** Where in the documents a collection stands, if it stands there. */
  pathOf(value: Value): string | undefined;
  /** An element of a collection is looked at: what is read of it counts if it leads to a solution. */
  enterItem(): number;
  leaveItem(mark: number): void;
  /** A solution was found. */
  keep(): void;
}
