import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import { estimatePlan } from "./estimate.ts";

const folder = "../shared/plans";
const plans = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];

describe.skipIf(!existsSync(folder))("real plans of Terraform 0.12 to 1.12", () => {
  test.each(plans)("%s is estimated, and every resource is in one state", (name) => {
    const plan: unknown = JSON.parse(readFileSync(join(folder, name), "utf8"));
    const estimate = estimatePlan(plan as Parameters<typeof estimatePlan>[0]);
    const { detected, priced, free, dependsOnUsage, noPrice, unsupported, unknown } = estimate.coverage;
    expect(priced + free + dependsOnUsage + noPrice + unsupported + unknown).toBe(detected);
    expect(Number(estimate.total.lower)).toBeGreaterThanOrEqual(0);
    for (const resource of estimate.resources) {
      if (resource.state !== "priced" && resource.monthly !== null) expect(Number(resource.monthly)).toBeGreaterThan(0);
    }
  });
});
