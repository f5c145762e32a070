import { expect, test } from "vitest";

import { compareEstimates } from "./cost-change.ts";
import { estimatePlan } from "./estimate.ts";
import type { PlanDocument } from "./plan-document.ts";

function planOf(resources: Record<string, Record<string, unknown>>): PlanDocument {
  return {
    planned_values: {
      root_module: {
        resources: Object.entries(resources).map(([address, values]) => {
          const [type = "", name = ""] = address.split(".");
          return { address, mode: "managed", type, name, values };
        }),
      },
    },
  };
}

const before = estimatePlan(
  planOf({
    "aws_instance.web": { instance_type: "m5.large" },
    "aws_ebs_volume.old": { type: "gp3", size: 10 },
    "aws_s3_bucket.assets": {},
  }),
);
const after = estimatePlan(
  planOf({
    "aws_instance.web": { instance_type: "m5.xlarge" },
    "aws_ebs_volume.new": { type: "gp3", size: 20 },
    "aws_s3_bucket.assets": {},
  }),
);
const change = compareEstimates(before, after);
const at = (address: string) => change.resources.find((resource) => resource.address === address)!;

test("another machine type is a change, not a machine less and a machine more", () => {
  const web = at("aws_instance.web");
  expect(web).toMatchObject({ kind: "changed", difference: "70.08" });
  expect(web.components.filter((component) => component.name.startsWith("Instance"))).toHaveLength(1);
});

test("what comes and goes is added and removed", () => {
  expect(at("aws_ebs_volume.new")).toMatchObject({ kind: "added", before: null, after: "1.6", difference: "1.6" });
  expect(at("aws_ebs_volume.old")).toMatchObject({ kind: "removed", after: null, difference: "-0.8" });
});

test("a cost that is open on both sides is no saving and no difference", () => {
  expect(at("aws_s3_bucket.assets")).toMatchObject({ kind: "same", difference: null });
});

test("the sum of the change is that of the lower bounds", () => {
  expect(change).toMatchObject({ before: "71.68", after: "142.56", difference: "70.88", isSameCatalogue: true });
});
