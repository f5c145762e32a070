import type { Outputs } from "#app/_trpc/outputs.ts";
import { duration } from "#app/_ui/time/format-time.ts";

export type EnvironmentView = Outputs["environment"]["find"];
export type RunView = Outputs["environment"]["runs"][number];
export type StepView = RunView["steps"][number];

/** How long such a step took before, in milliseconds, over `n` runs. */
export type Usual = { p50: number; p95: number; n: number };

const fewest = 5;

/** "usually 50 s to 2 min 10 s (24 runs)"; with fewer than five runs nothing is promised. */
export function usualRange(usual: Usual | null): string {
  if (!usual || usual.n < fewest) return "no history yet";
  return `usually ${duration(usual.p50)} to ${duration(usual.p95)} (${usual.n} runs)`;
}

export function pastUsual(step: { usual: Usual | null }, ranMs: number): boolean {
  return step.usual !== null && step.usual.n >= fewest && ranMs > step.usual.p95;
}
