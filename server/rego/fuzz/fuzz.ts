import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import type { FunctionBuiltin } from "#server/rego/builtins/builtin.ts";
import { builtins } from "#server/rego/builtins/registry.ts";
import { regoText } from "#server/rego/values/text.ts";
import { callFault } from "./builtin-calls.ts";
import { caseOf } from "./check.ts";
import type { FuzzFinding, FuzzOrder, FuzzReport } from "./fuzz-worker.ts";
import { Random } from "./random.ts";

// Throws generated and damaged modules at the engine: it may refuse or answer, and nothing else.
//   npm run fuzz:rego -- --modules 100000 --seed 1       one seed again: --modules 1 --seed 4711 --calls 0 --show

const BATCH = 5_000;
/** Budgets end a case within a second; what takes longer hangs. */
const HANG_MS = 60_000;

// Threads do not take over the loader that reads TypeScript.
const bootstrap = `
  import("tsx/esm/api").then(({ register }) => {
    register();
    return import(${JSON.stringify(new URL("./fuzz-worker.ts", import.meta.url).href)});
  });
`;

interface BatchResult extends FuzzReport {
  readonly hung: FuzzFinding | undefined;
}

function runBatch(from: number, to: number): Promise<BatchResult> {
  const progress = new SharedArrayBuffer(4);
  const order: FuzzOrder = { from, to, progress };
  const worker = new Worker(bootstrap, { eval: true, workerData: order });
  return new Promise((resolve, reject) => {
    let last = -1;
    const none: FuzzReport = { counts: {}, findings: [], slowest: { seed: from, ms: 0 } };
    const watch = setInterval(() => {
      const seed = Atomics.load(new Int32Array(progress), 0);
      if (seed === last) {
        clearInterval(watch);
        void worker.terminate();
        const fault = `no end within ${HANG_MS} ms`;
        resolve({ ...none, hung: { seed, fault, sources: caseOf(seed).sources } });
      }
      last = seed;
    }, HANG_MS);
    worker.once("message", (report: FuzzReport) => {
      clearInterval(watch);
      resolve({ ...report, hung: undefined });
    });
    worker.once("error", (error) => {
      clearInterval(watch);
      reject(error);
    });
  });
}

function print(finding: FuzzFinding): void {
  console.log(`\nseed ${finding.seed}: ${finding.fault}\n${finding.sources.join("\n---\n")}`);
}

async function fuzz(first: number, modules: number): Promise<number> {
  const counts = new Map<string, number>();
  const findings: FuzzFinding[] = [];
  let slowest = { seed: first, ms: 0 };
  for (let from = first; from < first + modules; ) {
    const to = Math.min(first + modules, from + BATCH);
    const batch = await runBatch(from, to);
    for (const [key, count] of Object.entries(batch.counts)) counts.set(key, (counts.get(key) ?? 0) + count);
    if (batch.slowest.ms > slowest.ms) slowest = batch.slowest;
    const found = batch.hung ? [batch.hung] : batch.findings;
    for (const finding of found) print(finding);
    findings.push(...found);
    from = batch.hung ? batch.hung.seed + 1 : to;
  }
  for (const [key, count] of [...counts].sort((a, b) => b[1] - a[1]))
    console.log(`${String(count).padStart(8)}  ${key}`);
  console.log(`slowest: seed ${slowest.seed}, ${slowest.ms.toFixed(0)} ms`);
  console.log(`modules: ${modules}, faults: ${findings.length}`);
  return findings.length;
}

/** Every built-in with operands made up for it. */
function fuzzBuiltins(seed: number, calls: number): number {
  const functions = [...builtins.values()].filter((builtin): builtin is FunctionBuiltin => !builtin.relation);
  let faults = 0;
  for (const [i, builtin] of functions.entries()) {
    const random = new Random(seed * 1_000 + i);
    for (let n = 0; n < calls; n++) {
      const found = callFault(builtin, random);
      if (!found) continue;
      if (++faults <= 20) console.log(`${builtin.name}(${found.operands.map(regoText).join(", ")}): ${found.fault}`);
    }
  }
  console.log(`calls of ${functions.length} built-ins: ${functions.length * calls}, faults: ${faults}`);
  return faults;
}

const { values } = parseArgs({
  options: {
    modules: { type: "string", default: "100000" },
    seed: { type: "string", default: "1" },
    calls: { type: "string", default: "1000" },
    show: { type: "boolean", default: false },
  },
});

if (values.show) console.log(caseOf(Number(values.seed)).sources.join("\n---\n"));
const builtinFaults = fuzzBuiltins(Number(values.seed), Number(values.calls));
const moduleFaults = await fuzz(Number(values.seed), Number(values.modules));
process.exitCode = builtinFaults + moduleFaults === 0 ? 0 : 1;
