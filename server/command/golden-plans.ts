import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { estimatePlan } from "#server/cost/estimate.ts";
import { estimateDifferences } from "#server/cost/estimate-difference.ts";
import { compareWithGolden } from "#server/cost/golden.ts";
import type { GoldenFolder } from "#server/cost/golden-case.ts";
import type { PlanDocument } from "#server/cost/plan-document.ts";
import { missingForBench, openBench, type TerraformBench } from "#server/plan/differential/run-terraform.ts";
import { buildStaticPlan } from "#server/plan/plan.ts";

const registryModule = /^module "[^"]*" \{\n(?:(?!^\}).*\n)*? *source *= *"[^."/][^"]*"\n(?:(?!^\}).*\n)*?^\}\n/gm;

type Outcome = { word: "equal" | "different" | "not planned"; lines: string[] };

const notPlanned = (why: string): Outcome => ({ word: "not planned", lines: [why] });

function firstError(failure: string): string {
  return /Error: .*/.exec(failure)?.[0] ?? failure.slice(0, 200);
}

/** Estimates one case from the real plan's JSON: it must equal the static plan's estimate and the golden table. */
async function compareOne(
  { name, main, usage, golden }: GoldenFolder,
  bench: TerraformBench,
  work: string,
): Promise<Outcome> {
  if (!/^(provider|resource) "aws/m.test(main)) return notPlanned("its provider is not in the mirror");
  const offline = main.replace(registryModule, "");
  const folder = join(work, name);
  mkdirSync(folder);
  writeFileSync(join(folder, "main.tf"), offline);
  const real = bench.plan(folder);
  if ("failure" in real) return notPlanned(firstError(real.failure));
  const options = { usage, chargesAddressesInUse: false };
  const estimate = estimatePlan(real.plan as PlanDocument, options);
  const claimed = await buildStaticPlan({ files: new Map([["main.tf", offline]]) });
  const differences = estimateDifferences(estimate, estimatePlan(claimed as PlanDocument, options));
  const { failures, silentZeros, passed, inTable } = compareWithGolden(estimate, golden);
  const note = offline === main ? [] : ["planned without its registry module"];
  const wrong = [...differences, ...failures, ...silentZeros];
  return wrong.length > 0
    ? { word: "different", lines: [...note, ...wrong.slice(0, 20)] }
    : { word: "equal", lines: [`${passed}/${inTable} in the table`, ...note] };
}

/** Plans each case by the real CLI where its provider is at hand, and says whether every estimate is the same. */
export async function compareRealPlans(cases: readonly GoldenFolder[], path: string): Promise<boolean> {
  const missing = missingForBench(path);
  if (missing !== undefined) {
    console.log(`Real plans skipped: ${missing}.`);
    return true;
  }
  const bench = openBench(path);
  const work = mkdtempSync(join(tmpdir(), "gantry-golden-"));
  const counts = { equal: 0, different: 0, "not planned": 0 } satisfies Record<Outcome["word"], number>;
  try {
    for (const one of cases) {
      const { word, lines } = await compareOne(one, bench, work);
      counts[word] += 1;
      console.log(
        `${one.name}, plan of Terraform ${bench.version}: ${word}${lines.length === 1 ? `, ${lines[0]}` : ""}`,
      );
      for (const line of lines.length > 1 ? lines : []) console.log(`    ${line}`);
    }
  } finally {
    bench.close();
    rmSync(work, { recursive: true, force: true });
  }
  console.log(
    `${counts.equal + counts.different} cases planned by Terraform: ${counts.equal} equal, ${counts.different} different; ${counts["not planned"]} not planned`,
  );
  return counts.different === 0;
}
