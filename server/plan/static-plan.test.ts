import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { config } from "#server/config.ts";
import { comparePlans } from "./differential/compare-plans.ts";
import { type RecordedFailure, type RecordedPlan, recordPlan } from "./differential/recorded-plan.ts";
import { missingForBench, openBench } from "./differential/run-terraform.ts";
import { buildStaticPlan } from "./plan.ts";
import { PlanError } from "./plan-error.ts";

const testdata = join(process.cwd(), "server/plan/testdata");
const modules = readdirSync(join(testdata, "modules")).sort();

function recorded(name: string): RecordedPlan | RecordedFailure {
  return JSON.parse(readFileSync(join(testdata, "recorded", `${name}.json`), "utf8")) as RecordedPlan | RecordedFailure;
}

describe("the static plan never contradicts what Terraform planned", () => {
  test("every test module has a recorded plan, and there are enough of them", () => {
    expect(modules.filter((name) => !existsSync(join(testdata, "recorded", `${name}.json`)))).toEqual([]);
    expect(modules.length).toBeGreaterThanOrEqual(60);
  });

  test.each(modules)("%s", async (name) => {
    const real = recorded(name);
    const claims = await buildStaticPlan({ sourceDir: join(testdata, "modules", name) }).catch(
      (error: unknown) => error,
    );
    if ("failure" in real) {
      expect(claims).toBeInstanceOf(PlanError);
      return;
    }
    if (claims instanceof Error) throw claims;
    expect(comparePlans(claims as Awaited<ReturnType<typeof buildStaticPlan>>, real).contradictions).toEqual([]);
  });
});

const missing = missingForBench(config().shellPath);

describe.skipIf(missing !== undefined)(
  `the CLI on this machine agrees with the recorded plans${missing ? ` (${missing})` : ""}`,
  () => {
    test("a handful of modules is planned anew", { timeout: 180_000 }, () => {
      const bench = openBench(config().shellPath);
      try {
        for (const name of ["conditionals", "terraform-data"]) {
          const real = bench.plan(join(testdata, "modules", name));
          if (!("plan" in real)) throw new Error(real.failure);
          expect(recordPlan(real.plan, bench.version).resources).toEqual((recorded(name) as RecordedPlan).resources);
        }
      } finally {
        bench.close();
      }
    });
  },
);
