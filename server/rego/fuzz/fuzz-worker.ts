import { parentPort, workerData } from "node:worker_threads";
import { check } from "./check.ts";

export interface FuzzOrder {
  readonly from: number;
  readonly to: number;
  /** One integer: the seed at work, so that the parent sees a hang. */
  readonly progress: SharedArrayBuffer;
}

export interface FuzzFinding {
  readonly seed: number;
  readonly fault: string;
  readonly sources: readonly string[];
}

export interface FuzzReport {
  readonly counts: Record<string, number>;
  readonly findings: readonly FuzzFinding[];
  readonly slowest: { readonly seed: number; readonly ms: number };
}

function run({ from, to, progress }: FuzzOrder): FuzzReport {
  const place = new Int32Array(progress);
  const counts: Record<string, number> = {};
  const findings: FuzzFinding[] = [];
  let slowest = { seed: from, ms: 0 };
  for (let seed = from; seed < to; seed++) {
    Atomics.store(place, 0, seed);
    const { stage, code, sources, fault, ms } = check(seed);
    const key = `${stage}: ${code}`;
    counts[key] = (counts[key] ?? 0) + 1;
    if (ms > slowest.ms) slowest = { seed, ms };
    if (fault !== undefined && findings.length < 20) findings.push({ seed, fault, sources });
  }
  return { counts, findings, slowest };
}

parentPort?.postMessage(run(workerData as FuzzOrder));
