import { expect, test } from "vitest";

import { committedMonthly, hourlyRate, ratesByPhase } from "./cost-rate.ts";
import { estimatePlan } from "./estimate.ts";

const values = { instance_type: "m5.large", root_block_device: [{ volume_type: "gp2", volume_size: 73 }] };
const plan = {
  planned_values: {
    root_module: { resources: [{ address: "aws_instance.web", type: "aws_instance", name: "web", values }] },
  },
};
const declared = [{ name: "Licence", amount: "73", per: "month" }] as const;

test("a stopped machine keeps paying its disk", () => {
  expect(ratesByPhase(estimatePlan(plan))).toEqual({ running: "0.096", provisioned: "0.01", usage: "0" });
});

test("limits and averages count declared costs with list prices", () => {
  const estimate = estimatePlan(plan, { declared });
  expect(committedMonthly(estimate)).toBe("150.38");
  expect(hourlyRate(estimate)).toBe("0.206");
});
