import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { estimatePlan } from "#server/cost/estimate.ts";
import { compareWithGolden, type GoldenCase, type GoldenResult } from "#server/cost/golden.ts";
import { parseUsage } from "#server/cost/usage.ts";
import { buildStaticPlan } from "#server/plan/plan.ts";

const [folder, ...only] = process.argv.slice(2);
if (!folder) {
  console.error("Usage: npm run cost:golden -- <folder with cases> [case …]");
  process.exit(2);
}

/** The cases' price lists do not charge for public addresses in use, so this comparison does not either. */
async function runCase(path: string): Promise<{ golden: GoldenCase; result: GoldenResult }> {
  const golden = JSON.parse(readFileSync(join(path, "expected.json"), "utf8")) as GoldenCase;
  const usageFile = join(path, "usage.yml");
  const usage = existsSync(usageFile) ? parseUsage(readFileSync(usageFile, "utf8")) : undefined;
  const plan = await buildStaticPlan({ files: new Map([["main.tf", readFileSync(join(path, "main.tf"), "utf8")]]) });
  const estimate = estimatePlan(plan, { ...(usage ? { usage } : {}), chargesAddressesInUse: false });
  return { golden, result: compareWithGolden(estimate, golden) };
}

const totals = { inTable: 0, passed: 0, outside: 0, stated: 0, counts: 0, zeros: 0, cases: 0 };

function countsAgree({ golden, result }: { golden: GoldenCase; result: GoldenResult }): boolean {
  const { detected, free, unsupported } = golden.summary;
  if (result.unsupported !== unsupported) return false;
  const hidden = detected - result.detected;
  if (result.behindRemoteModules === 0) return hidden === 0 && result.free === free;
  return hidden >= result.behindRemoteModules && result.free + hidden - result.behindRemoteModules === free;
}

for (const name of readdirSync(folder).sort()) {
  const path = join(folder, name);
  if (!existsSync(join(path, "expected.json")) || (only.length > 0 && !only.includes(name))) continue;
  const run = await runCase(path);
  const { result, golden } = run;
  const agree = countsAgree(run);
  totals.cases += 1;
  totals.inTable += result.inTable;
  totals.passed += result.passed;
  totals.outside += result.outsideTable;
  totals.stated += result.stated;
  totals.counts += agree ? 1 : 0;
  totals.zeros += result.silentZeros.length;
  const { summary } = golden;
  const remote =
    result.behindRemoteModules > 0 ? ` (${summary.detected - result.detected} behind a registry module)` : "";
  console.log(
    `${name}: ${result.passed}/${result.inTable} in the table, ${result.stated}/${result.outsideTable} others without a figure, ` +
      `detected ${result.detected}/${summary.detected}${remote}, free ${result.free}/${summary.free}, ` +
      `unsupported ${result.unsupported}/${summary.unsupported}, silent zeros ${result.silentZeros.length}${agree ? "" : "  COUNTS DIFFER"}`,
  );
  for (const failure of [...result.failures, ...result.silentZeros.map((zero) => `silent zero: ${zero}`)].slice(
    0,
    20,
  )) {
    console.log(`    ${failure}`);
  }
}

console.log(
  `${totals.cases} cases: ${totals.passed} of ${totals.inTable} components within 1 % or 0.01 USD, ` +
    `${totals.stated} of ${totals.outside} others in a state other than a number, ` +
    `counts agree in ${totals.counts}, silent zeros ${totals.zeros}`,
);
const isPassed =
  totals.passed === totals.inTable &&
  totals.stated === totals.outside &&
  totals.counts === totals.cases &&
  totals.zeros === 0;
process.exit(isPassed ? 0 : 1);
