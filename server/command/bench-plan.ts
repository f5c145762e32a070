import { readFileSync } from "node:fs";

import { estimatePlan } from "#server/cost/estimate.ts";
import type { PlanDocument } from "#server/cost/plan-document.ts";
import { embeddedPriceBook } from "#server/cost/price-book/price-book.ts";
import { embeddedEvaluator } from "#server/policy/embedded-evaluator.ts";
import { judge } from "#server/policy/judge.ts";
import { bundledPolicies, defaultData } from "#server/policy/load-policies.ts";

const defaultPlan = "../shared/plans/generated-aws-large.json";
const rounds = 5;

interface Part {
  name: string;
  milliseconds: number[];
  /** Processor time: what remains of the wall's time on a machine with nothing else to do. */
  processor: number[];
}

const processorNow = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

function begin(part: Part): () => void {
  const [wall, processor] = [performance.now(), processorNow()];
  return () => {
    part.milliseconds.push(performance.now() - wall);
    part.processor.push(processorNow() - processor);
  };
}

function timed<T>(part: Part, work: () => T): T {
  const end = begin(part);
  const result = work();
  end();
  return result;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const policies = [...bundledPolicies().values()].filter(({ packageName }) => packageName === "torque.terraform_plan");

/** Asks every plan policy, static rules among them, as the gate does. */
async function judgePlan(input: unknown): Promise<{ rules: number; findings: number }> {
  let findings = 0;
  for (const policy of policies) {
    const owner = policy.dataFrom ? bundledPolicies().get(policy.dataFrom) : policy;
    const question = { policy, data: defaultData(owner ?? policy), input, now: new Date("2026-01-05T10:00:00Z") };
    const verdict = await judge(embeddedEvaluator, question);
    if (verdict.error) throw new Error(`${policy.name}: ${verdict.error}`);
    findings += verdict.findings?.length ?? 0;
  }
  const rules = policies.reduce((sum, { source }) => sum + new Set(source.match(/finding\("[a-z0-9-]+"/g)).size, 0);
  return { rules, findings };
}

const path = process.argv[2] ?? defaultPlan;
const text = readFileSync(path, "utf8");
const book: Part = { name: "load the price book (once)", milliseconds: [], processor: [] };
const compiling: Part = { name: "compile the policies (once)", milliseconds: [], processor: [] };
const parse: Part = { name: "parse", milliseconds: [], processor: [] };
const estimating: Part = { name: "estimate", milliseconds: [], processor: [] };
const judging: Part = { name: "rules", milliseconds: [], processor: [] };
const together: Part = { name: "parse, estimate and rules", milliseconds: [], processor: [] };

timed(book, () => embeddedPriceBook());
const endCompiling = begin(compiling);
await judgePlan({ resource_changes: [] });
endCompiling();
let resources = 0;
let judged = { rules: 0, findings: 0 };
for (let round = 0; round < rounds; round += 1) {
  const endAll = begin(together);
  const document = timed(parse, () => JSON.parse(text) as PlanDocument);
  resources = timed(estimating, () => estimatePlan(document)).coverage.detected;
  const endJudging = begin(judging);
  judged = await judgePlan(document);
  endJudging();
  endAll();
}

console.log(`${path}: ${text.length} bytes, ${resources} resources`);
console.log(`  ${policies.length} policies with ${judged.rules} static rules, ${judged.findings} findings shown`);
for (const part of [book, compiling, parse, estimating, judging, together]) {
  const figures = (values: readonly number[]) =>
    `first ${(values[0] ?? 0).toFixed(0)} ms, median ${median(values).toFixed(0)} ms`;
  console.log(`  ${part.name.padEnd(28)} ${figures(part.milliseconds)}; processor: ${figures(part.processor)}`);
}
