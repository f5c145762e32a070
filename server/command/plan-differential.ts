import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { config } from "#server/config.ts";
import { type Comparison, comparePlans } from "#server/plan/differential/compare-plans.ts";
import { type RecordedFailure, type RecordedPlan, recordPlan } from "#server/plan/differential/recorded-plan.ts";
import { missingForBench, openBench, type TerraformBench } from "#server/plan/differential/run-terraform.ts";
import { buildStaticPlan, type Plan } from "#server/plan/plan.ts";
import { PlanError } from "#server/plan/plan-error.ts";

/** `npm run plan:differential [-- --record] [name …]`: static plans against those of the real CLI, for every test module. */
const modulesDir = join(process.cwd(), "server/plan/testdata/modules");
const recordedDir = join(process.cwd(), "server/plan/testdata/recorded");

type Row = { name: string; status: string; comparison: Comparison | undefined };

async function planStatically(folder: string): Promise<Plan | PlanError> {
  try {
    return await buildStaticPlan({ sourceDir: folder });
  } catch (error) {
    if (error instanceof PlanError) return error;
    throw error;
  }
}

async function compareModule(name: string, bench: TerraformBench, record: boolean): Promise<Row> {
  const folder = join(modulesDir, name);
  const claims = await planStatically(folder);
  const real = bench.plan(folder);
  const recorded: RecordedPlan | RecordedFailure =
    "plan" in real
      ? recordPlan(real.plan, bench.version)
      : { terraform: bench.version, failure: firstError(real.failure) };
  if (record) writeFileSync(join(recordedDir, `${name}.json`), `${JSON.stringify(recorded, null, 1)}\n`);
  if ("failure" in recorded) {
    const agrees = claims instanceof PlanError;
    return {
      name,
      status: agrees ? "both refuse" : `ONLY TERRAFORM REFUSES: ${recorded.failure}`,
      comparison: undefined,
    };
  }
  if (claims instanceof PlanError)
    return { name, status: `ONLY GANTRY REFUSES: ${claims.located}`, comparison: undefined };
  const comparison = comparePlans(claims, recorded);
  return { name, status: comparison.contradictions.length === 0 ? "agrees" : "CONTRADICTS", comparison };
}

function firstError(stderr: string): string {
  return /Error: .*/.exec(stderr)?.[0] ?? stderr.slice(0, 200);
}

function printRow(row: Row): void {
  const { comparison } = row;
  const share = comparison ? `${comparison.claimed}/${comparison.knownReally}` : "";
  console.log(
    `${row.name.padEnd(28)} ${String(comparison?.resources ?? "").padStart(4)} ${share.padStart(10)}  ${row.status}`,
  );
  for (const { address, path, claimed, real } of comparison?.contradictions ?? [])
    console.log(
      `    ${address} ${path}\n      static ${JSON.stringify(claimed)}\n      real   ${JSON.stringify(real)}`,
    );
}

function printTotals(rows: readonly Row[]): void {
  const sum = (pick: (comparison: Comparison) => number) =>
    rows.reduce((total, row) => total + (row.comparison ? pick(row.comparison) : 0), 0);
  const contradictions = sum((comparison) => comparison.contradictions.length);
  const refused = rows.filter((row) => row.status.startsWith("ONLY")).length;
  const claimed = sum((comparison) => comparison.claimed);
  const real = sum((comparison) => comparison.knownReally);
  console.log(
    `\n${rows.length} modules, ${sum((comparison) => comparison.resources)} resources, ${contradictions} contradictions, ${refused} refused by one side only`,
  );
  console.log(
    `known statically: ${claimed} of ${real} values that the real plans know (${((100 * claimed) / real).toFixed(1)} %)`,
  );
  process.exitCode = contradictions + refused === 0 ? 0 : 1;
}

async function main(args: readonly string[]): Promise<void> {
  const path = config().shellPath;
  const missing = missingForBench(path);
  if (missing !== undefined) {
    console.log(`Skipped: ${missing}. Install Terraform and a filesystem mirror of the AWS provider to run this.`);
    return;
  }
  const names = args.filter((argument) => !argument.startsWith("--"));
  const chosen =
    names.length > 0
      ? names
      : readdirSync(modulesDir)
          .filter((name) => existsSync(join(modulesDir, name)))
          .sort();
  const bench = openBench(path);
  const rows: Row[] = [];
  try {
    for (const name of chosen) {
      const row = await compareModule(name, bench, args.includes("--record"));
      rows.push(row);
      printRow(row);
    }
  } finally {
    bench.close();
  }
  printTotals(rows);
}

await main(process.argv.slice(2));
