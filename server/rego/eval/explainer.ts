import type { Location } from "#server/rego/errors.ts";
import { toJson } from "#server/rego/values/json.ts";
import type { Value } from "#server/rego/values/value.ts";
import type { Recorder } from "./recorder.ts";

export interface Explanation {
  /** Which rules held and which were tried in vain, in order. */
  rules: { file: string; row: number; rule: string; held: boolean }[];
  /** The facts: what was read of `input` and of base `data`; without a value where there was none. */
  reads: { path: string; value?: unknown }[];
}

const maxEntries = 1_000;

/** Records an evaluation for people to read. */
export class Explainer implements Recorder {
  private readonly rules = new Map<string, Explanation["rules"][number]>();
  private readonly reads = new Map<string, Value | undefined>();

  rule({ file, row }: Location, rule: string, held: boolean): void {
    const key = `${file}:${row}:${rule}`;
    const known = this.rules.get(key);
    if (known !== undefined) known.held ||= held;
    else if (this.rules.size < maxEntries) this.rules.set(key, { file, row, rule, held });
  }

  expression(): void {}

  read(path: string, value: Value | undefined): void {
    if (this.reads.size < maxEntries && !this.reads.has(path)) this.reads.set(path, value);
  }

  get explanation(): Explanation {
    const reads = [...this.reads].map(([path, value]) =>
      value === undefined ? { path } : { path, value: toJson(value) },
    );
    return { rules: [...this.rules.values()], reads };
  }
}
