import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { planPolicy, smallPolicies } from "#server/rego/bench/policies.ts";
import { compile, evaluateValues } from "#server/rego/engine.ts";
import { fromJson } from "#server/rego/values/from-json.ts";

const plans = process.argv[2] ?? join(process.cwd(), "..", "shared", "plans");

interface Timing {
  median: number;
  best: number;
  /** Processor time of a run, compiler and collector included: what a busy machine does not change. */
  processor: number;
}

/** Times runs in milliseconds, after as many that only warm up. On a busy machine the best says more than the median. */
function time(runs: number, work: () => void): Timing {
  for (let i = 0; i < runs; i++) work();
  const times: number[] = [];
  const before = process.cpuUsage();
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    work();
    times.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(before);
  times.sort((a, b) => a - b);
  const processor = (user + system) / 1000 / runs;
  return { median: times[Math.floor(runs / 2)] as number, best: times[0] as number, processor };
}

function show(ms: number): string {
  return ms < 1 ? `${(ms * 1000).toFixed(1)} µs` : `${ms.toFixed(2)} ms`;
}

function line(name: string, { median, best, processor }: Timing): void {
  console.log(`${name.padEnd(44)} ${show(median).padStart(10)}   best ${show(best)}   processor ${show(processor)}`);
}

for (const { name, source, query, input } of smallPolicies) {
  const prepared = compile([{ file: "policy.rego", source }]);
  const inputValue = fromJson(input);
  line(
    `small: ${name}`,
    time(4_000, () => evaluateValues(prepared, { path: query }, { inputValue })),
  );
}

const hundred = Array.from({ length: 2 }, (_, i) => planPolicy.replace("torque.terraform_plan", `plan${i}`));
const lines = planPolicy.split("\n").length;
line(
  `compile: ${lines} lines`,
  time(200, () => compile([{ file: "plan.rego", source: planPolicy }])),
);
line(
  `compile: ${lines * 2} lines in 2 modules`,
  time(100, () => compile(hundred.map((source, i) => ({ file: `plan${i}.rego`, source })))),
);

for (const file of ["generated-aws-medium.json", "generated-aws-large.json"]) {
  const path = join(plans, file);
  if (!existsSync(path)) {
    console.log(`plan: ${file} is not there: skipped`);
    continue;
  }
  const json: unknown = JSON.parse(readFileSync(path, "utf8"));
  const prepared = compile([{ file: "plan.rego", source: planPolicy }]);
  const query = { path: "data.torque.terraform_plan.deny" };
  let found = 0;
  const run = () => {
    const value = evaluateValues(prepared, query, { input: json }).solutions[0]?.expressions[0];
    found = value !== undefined && value !== null && typeof value === "object" && "size" in value ? value.size : 0;
  };
  line(`plan: ${file}`, time(20, run));
  console.log(`  ${found} denials`);
}

const before = heap();
const kept = Array.from({ length: 200 }, () => {
  const prepared = compile([{ file: "plan.rego", source: planPolicy }]);
  evaluateValues(prepared, { path: "data.torque.terraform_plan.deny" }, { input: { resource_changes: [] } });
  return prepared;
});
console.log(`heap per prepared policy: ${((heap() - before) / kept.length / 1024).toFixed(0)} kB`);

function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
