import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { RE2JS } from "re2js";
import { RegoErrors } from "#server/rego/errors.ts";
import { type Loaded, loadBundle } from "#server/rego/testing/load.ts";
import { exitCode, jsonReport, resultLines, summaryLines, totalsOf } from "#server/rego/testing/report.ts";
import { runTests, type TestReport } from "#server/rego/testing/run-tests.ts";

const usage =
  "Usage: npm run test-policies -- [folder or file …] [--run regex] [--verbose] [--coverage] [--json] [--bundle] [-z]";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    run: { type: "string" },
    verbose: { type: "boolean", short: "v", default: false },
    coverage: { type: "boolean", short: "c", default: false },
    json: { type: "boolean", default: false },
    bundle: { type: "boolean", short: "b", default: false },
    "exit-zero-on-skipped": { type: "boolean", short: "z", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});

/**
 * Policies share package names, so each is tested alone: with its own test file and nothing else. With
 * `--bundle` all files belong together, data files included, as for `opa test`.
 */
function pairs(paths: readonly string[]): Loaded[] {
  return paths
    .flatMap((path) => (statSync(path).isDirectory() ? regoFiles(path) : [path]))
    .filter((file) => file.endsWith("_test.rego"))
    .map((tests) => {
      const policy = join(dirname(tests), basename(tests).replace(/_test\.rego$/, ".rego"));
      return { sources: [...(existsSync(policy) ? [source(policy)] : []), source(tests)], data: {} };
    });
}

function regoFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".rego"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function source(file: string): { file: string; source: string } {
  return { file, source: readFileSync(file, "utf8") };
}

function show(report: TestReport): void {
  for (const result of report.results) {
    if (values.verbose || result.status !== "pass") console.log(resultLines(result).join("\n"));
  }
  for (const [file, { coverage, notCovered }] of Object.entries(report.coverage?.files ?? {})) {
    const rows = notCovered.map(({ start, end }) => (start.row === end.row ? start.row : `${start.row}-${end.row}`));
    console.log(`${file}: ${coverage} % covered${rows.length === 0 ? "" : `, not rows ${rows.join(", ")}`}`);
  }
}

function main(): number {
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const paths = positionals.length > 0 ? positionals : ["policies"];
  const missing = paths.find((path) => !existsSync(path));
  if (missing !== undefined) {
    console.error(`${missing} does not exist.\n${usage}`);
    return 1;
  }
  const pattern = values.run === undefined ? undefined : RE2JS.compile(values.run);
  const report: TestReport = { results: [] };
  for (const { sources, data } of values.bundle ? [loadBundle(paths)] : pairs(paths)) {
    const options = pattern === undefined ? {} : { accept: (name: string) => pattern.matcher(name).find() };
    const one = runTests(sources, { ...options, data, coverage: values.coverage });
    if (!values.json) show(one);
    report.results.push(...one.results);
  }
  const totals = totalsOf(report.results);
  if (values.json) console.log(JSON.stringify(jsonReport(report), undefined, 2));
  else console.log([...summaryLines(totals), `${totals.pass} passed, ${totals.fail + totals.error} failed`].join("\n"));
  return exitCode(totals, values["exit-zero-on-skipped"]);
}

try {
  process.exitCode = main();
} catch (error) {
  if (!(error instanceof RegoErrors)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
