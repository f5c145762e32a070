import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { readSuites } from "#server/rego/conformance/case.ts";
import { otherAnswers } from "#server/rego/conformance/other-answers.ts";
import { runCase } from "#server/rego/conformance/run-case.ts";

const folder = process.argv[2];
const filter = process.argv.find((argument) => argument.startsWith("--only="))?.slice("--only=".length);
const verbose = process.argv.includes("--verbose");
const grow = process.argv.includes("--grow");

if (folder === undefined || !existsSync(folder)) {
  console.error("Usage: npm run rego:conformance -- <folder of suites> [--only=suite/topic] [--verbose] [--grow]");
  process.exit(1);
}

const passing: string[] = [];
let failed = 0;
for (const [suite, cases] of readSuites(folder)) {
  const counts = { passed: 0, refused: 0, failed: 0 };
  let others = 0;
  for (const test of cases) {
    if (filter !== undefined && !test.id.startsWith(filter)) continue;
    const { status, reason } = runCase(suite, test);
    const other = status === "failed" ? otherAnswers[test.id] : undefined;
    if (other !== undefined) {
      others++;
      console.log(`other answer ${test.id}: ${other}`);
      continue;
    }
    counts[status]++;
    if (status === "passed") passing.push(test.id);
    if (status === "failed" || (verbose && status === "refused")) console.log(`${status} ${test.id}: ${reason}`);
  }
  failed += counts.failed;
  const total = counts.passed + counts.refused + counts.failed + others;
  if (total === 0) continue;
  const rate = ((100 * counts.passed) / total).toFixed(1);
  console.log(
    `${suite}: ${counts.passed} passed (${rate} %), ${counts.refused} refused, ${counts.failed} failed${others === 0 ? "" : `, ${others} where OPA's answer is another`}`,
  );
}

if (grow) {
  const list = new URL("../rego/conformance/passing.txt", import.meta.url);
  const known = existsSync(list) ? readFileSync(list, "utf8").split("\n").filter(Boolean) : [];
  writeFileSync(list, `${[...new Set([...known, ...passing])].sort().join("\n")}\n`);
}
process.exitCode = failed === 0 ? 0 : 2;
