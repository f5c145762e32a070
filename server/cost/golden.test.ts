import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import { buildStaticPlan } from "#server/plan/plan.ts";
import { estimatePlan } from "./estimate.ts";
import { compareWithGolden, type GoldenCase, type GoldenResult } from "./golden.ts";
import { type GoldenFolder, readGoldenCases } from "./golden-case.ts";

async function compare({ main, usage, golden }: GoldenFolder): Promise<GoldenResult> {
  const plan = await buildStaticPlan({ files: new Map([["main.tf", main]]) });
  return compareWithGolden(estimatePlan(plan, { usage, chargesAddressesInUse: false }), golden);
}

const own = join(import.meta.dirname, "testdata/golden");

describe("our own golden cases", () => {
  test.each(readGoldenCases(own))("$name agrees, component by component", async (folder) => {
    const result = await compare(folder);
    expect(result.failures).toEqual([]);
    expect(result.silentZeros).toEqual([]);
    expect(result.passed).toBe(result.inTable);
  });
});

const shared = "../shared/cost-golden";

describe.skipIf(!existsSync(shared))("the golden cases of another tool", () => {
  test.each(readGoldenCases(shared))(
    "$name agrees within a cent or a per cent, and nothing is a silent zero",
    async (folder) => {
      const result = await compare(folder);
      expect(result.failures).toEqual([]);
      expect(result.silentZeros).toEqual([]);
    },
  );
});

describe("comparing", () => {
  const golden: GoldenCase = {
    summary: { detected: 1, estimated: 1, free: 0, unsupported: 0 },
    resources: [
      {
        address: "aws_ebs_volume.a",
        components: [
          {
            group: null,
            name: "Storage (general purpose SSD, gp3)",
            unit: "GB",
            monthlyQuantity: 100,
            monthlyCost: 9,
            inTable: true,
          },
        ],
      },
    ],
  };
  test("a cost off by more than a per cent fails with both figures", async () => {
    const main = `provider "aws" {\n region = "us-east-1"\n}\nresource "aws_ebs_volume" "a" {\n type = "gp3"\n size = 100\n}`;
    const plan = await buildStaticPlan({ files: new Map([["main.tf", main]]) });
    const result = compareWithGolden(estimatePlan(plan), golden);
    expect(result.passed).toBe(0);
    expect(result.failures[0]).toContain("9 expected, 8 (100 x 0.08) found");
  });
});
