import { readFileSync } from "node:fs";

import { estimatePlan } from "#server/cost/estimate.ts";
import type { PlanDocument } from "#server/cost/plan-document.ts";
import { embeddedPriceBook } from "#server/cost/price-book/price-book.ts";

const defaultPlan = "../shared/plans/generated-aws-large.json";
const rounds = 5;

interface Part {
  name: string;
  milliseconds: number[];
}

function timed<T>(part: Part, work: () => T): T {
  const started = performance.now();
  const result = work();
  part.milliseconds.push(performance.now() - started);
  return result;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const path = process.argv[2] ?? defaultPlan;
const text = readFileSync(path, "utf8");
const book: Part = { name: "load the price book (once)", milliseconds: [] };
const parse: Part = { name: "parse", milliseconds: [] };
const estimating: Part = { name: "estimate", milliseconds: [] };

timed(book, () => embeddedPriceBook());
let resources = 0;
for (let round = 0; round < rounds; round += 1) {
  const plan = timed(parse, () => JSON.parse(text) as PlanDocument);
  resources = timed(estimating, () => estimatePlan(plan)).coverage.detected;
}

console.log(`${path}: ${text.length} bytes, ${resources} resources`);
for (const part of [book, parse, estimating]) {
  const first = part.milliseconds[0] ?? 0;
  console.log(
    `  ${part.name.padEnd(28)} first ${first.toFixed(0)} ms, median ${median(part.milliseconds).toFixed(0)} ms`,
  );
}
