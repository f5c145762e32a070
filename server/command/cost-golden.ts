import { config } from "#server/config.ts";
import { estimatePlan } from "#server/cost/estimate.ts";
import { compareWithGolden, countsAgree, type GoldenResult } from "#server/cost/golden.ts";
import { type GoldenFolder, readGoldenCases } from "#server/cost/golden-case.ts";
import { buildStaticPlan } from "#server/plan/plan.ts";
import { compareRealPlans } from "./golden-plans.ts";

/** `npm run cost:golden -- <folder> [--plan] [case …]`: estimates of golden cases from static plans, and with --plan from real ones too. */
const [folder, ...words] = process.argv.slice(2).filter((word) => word !== "--plan");
const withPlans = process.argv.includes("--plan");
if (!folder) {
  console.error("Usage: npm run cost:golden -- <folder with cases> [--plan] [case …]");
  process.exit(2);
}

const totals = { inTable: 0, passed: 0, outside: 0, stated: 0, counts: 0, zeros: 0, cases: 0 };

/** The cases' price lists do not charge for public addresses in use, so this comparison does not either. */
async function runCase({ main, usage, golden }: GoldenFolder): Promise<GoldenResult> {
  const plan = await buildStaticPlan({ files: new Map([["main.tf", main]]) });
  return compareWithGolden(estimatePlan(plan, { usage, chargesAddressesInUse: false }), golden);
}

function printCase({ name, golden: { summary } }: GoldenFolder, result: GoldenResult, agree: boolean): void {
  const remote =
    result.behindRemoteModules > 0 ? ` (${summary.detected - result.detected} behind a registry module)` : "";
  console.log(
    `${name}: ${result.passed}/${result.inTable} in the table, ${result.stated}/${result.outsideTable} others without a figure, ` +
      `detected ${result.detected}/${summary.detected}${remote}, free ${result.free}/${summary.free}, ` +
      `unsupported ${result.unsupported}/${summary.unsupported}, silent zeros ${result.silentZeros.length}${agree ? "" : "  COUNTS DIFFER"}`,
  );
  const zeros = result.silentZeros.map((zero) => `silent zero: ${zero}`);
  for (const failure of [...result.failures, ...zeros].slice(0, 20)) console.log(`    ${failure}`);
}

const cases = readGoldenCases(folder, words);
for (const one of cases) {
  const result = await runCase(one);
  const agree = countsAgree(one.golden, result);
  totals.cases += 1;
  totals.inTable += result.inTable;
  totals.passed += result.passed;
  totals.outside += result.outsideTable;
  totals.stated += result.stated;
  totals.counts += agree ? 1 : 0;
  totals.zeros += result.silentZeros.length;
  printCase(one, result, agree);
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
const arePlansEqual = !withPlans || (await compareRealPlans(cases, config().shellPath));
process.exit(isPassed && arePlansEqual ? 0 : 1);
