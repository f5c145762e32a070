// @ts-check
// `npm test`: installs what is missing and runs everything that CI runs. Ends with `N passed, N failed` over all suites.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { checkNode, ensureBuild, ensureDependencies, root, run } from "./server/command/prepare.mjs";

const results = path.join(root, "test-results");
const bin = (/** @type {string} */ name) => path.join(root, "node_modules/.bin", name);
/** @type {{ suite: string, passed: number, failed: number, skipped: number }[]} */
const tally = [];

function readJson(/** @type {string} */ file) {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : undefined;
}

/** Runs a command that is one check by itself: it holds or it does not. */
async function check(/** @type {string} */ suite, /** @type {string} */ command, /** @type {string[]} */ args) {
  console.log(`\n[test] ${suite}`);
  const failed = await run(command, args).then(
    () => 0,
    (error) => console.error(error.message) ?? 1,
  );
  tally.push({ suite, passed: 1 - failed, failed, skipped: 0 });
}

async function unitTests() {
  console.log("\n[test] unit tests");
  const file = path.join(results, "unit.json");
  const args = ["run", "app", "server", "db", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const failure = await run(bin("vitest"), args).catch((error) => error);
  const report = readJson(file);
  const failed = report ? report.numFailedTests + (report.success ? 0 : report.numFailedTests === 0 ? 1 : 0) : 1;
  tally.push({
    suite: "unit tests",
    passed: report?.numPassedTests ?? 0,
    failed: Math.max(failed, failure && failed === 0 ? 1 : 0),
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  });
}

const browsers = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
];
const findBrowser = () => [process.env.CHROMIUM_BIN, ...browsers].find((file) => file && fs.existsSync(file));
const succeeds = (/** @type {string} */ command, /** @type {string[]} */ args) =>
  spawnSync(command, args, { cwd: root, stdio: "inherit" }).status === 0;

/** A Chromium: found, or brought by Playwright, or by the system's packages where this user may install them. */
async function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;
  const { chromium } = await import("@playwright/test");
  if (fs.existsSync(chromium.executablePath())) return "";
  console.log("\n[test] no Chromium found, trying to install one");
  if (succeeds(bin("playwright"), ["install", "chromium"])) return "";
  const isRoot = process.getuid?.() === 0;
  const prefix = isRoot ? [] : ["sudo", "-n"];
  const apt = (/** @type {string[]} */ ...args) => {
    const [command = "apt-get", ...rest] = [...prefix, "apt-get", ...args];
    return succeeds(command, rest);
  };
  if (fs.existsSync("/usr/bin/apt-get") && apt("update", "-qq") && apt("install", "-y", "-qq", "chromium"))
    return findBrowser();
  return undefined;
}

function countJourneys(/** @type {any} */ suite) {
  const specs = (suite.specs ?? []).flatMap((/** @type {any} */ spec) =>
    spec.tests.map((/** @type {any} */ test) => test.status),
  );
  return [...specs, ...(suite.suites ?? []).flatMap(countJourneys)];
}

async function journeys() {
  console.log("\n[test] browser journeys");
  const browser = await ensureBrowser();
  if (browser === undefined) {
    console.error(
      "No Chromium could be installed. Install one and set CHROMIUM_BIN, or leave the journeys out with SKIP_E2E=1.",
    );
    tally.push({ suite: "browser journeys", passed: 0, failed: 1, skipped: 0 });
    return;
  }
  const file = path.join(results, "journeys.json");
  fs.rmSync(file, { force: true });
  const env = { CHROMIUM_BIN: browser || undefined, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  const failure = await run(bin("playwright"), ["test", "-c", "e2e", "--reporter=list,json"], env).catch(
    (error) => error,
  );
  const states = (readJson(file)?.suites ?? []).flatMap(countJourneys);
  const count = (/** @type {string[]} */ ...wanted) =>
    states.filter((/** @type {string} */ state) => wanted.includes(state)).length;
  const failed = count("unexpected", "flaky");
  tally.push({
    suite: "browser journeys",
    passed: count("expected"),
    failed: failed === 0 && failure ? 1 : failed,
    skipped: count("skipped"),
  });
}

/** Tests make databases of their own on the server that DATABASE_URL names, and never touch the one it names. */
function chooseTestServer() {
  const given = process.env.DATABASE_URL;
  delete process.env.DATABASE_URL;
  if (given) process.env.TEST_DATABASE_URL ??= given;
  if (process.env.TEST_DATABASE_URL)
    console.log("[test] on the PostgreSQL server of DATABASE_URL or TEST_DATABASE_URL");
}

async function main() {
  checkNode();
  chooseTestServer();
  await ensureDependencies();
  fs.mkdirSync(results, { recursive: true });
  await check("format and lint", bin("biome"), ["check", "."]);
  await check("types", bin("tsc"), ["--noEmit", "--incremental", "false"]);
  await unitTests();
  await check("policy tests", process.execPath, ["--import", "tsx", "server/command/test-policies.ts"]);
  await check("blueprints", process.execPath, ["--import", "tsx", "server/command/check-blueprints.ts"]);
  if (process.env.SKIP_E2E) {
    console.log("\n[test] browser journeys skipped: SKIP_E2E is set");
  } else {
    await ensureBuild();
    await journeys();
  }
  console.log("");
  for (const row of tally)
    console.log(`[test] ${row.suite}: ${row.passed} passed, ${row.failed} failed, ${row.skipped} skipped`);
  const sum = (/** @type {"passed" | "failed" | "skipped"} */ key) => tally.reduce((total, row) => total + row[key], 0);
  console.log(`\n${sum("passed")} passed, ${sum("failed")} failed`);
  process.exitCode = sum("failed") === 0 && sum("passed") > 0 ? 0 : 1;
}

main().catch((error) => {
  console.error(error);
  console.log("0 passed, 1 failed");
  process.exitCode = 1;
});
