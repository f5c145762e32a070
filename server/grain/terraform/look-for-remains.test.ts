import { expect, test } from "vitest";
import type { KnownResource } from "#server/grain/driver.ts";
import { wasSeenToGo } from "./look-for-remains.ts";

const gone = (cloudId: string): KnownResource[] => [
  {
    ...{ address: "a.b", type: "a", name: "b", cloudId, region: null, attributes: {} },
    state: "destroyed",
  },
];

test.each([
  ["arn:aws:ec2:eu-central-1:123456789012:instance/i-1", "i-1", true],
  ["arn:aws:ec2:eu-central-1:123456789012:instance/i-12", "i-1", false],
  ["arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:7", "shop", true],
  ["arn:aws:ecs:eu-central-1:123456789012:task-definition/workshop:7", "shop", false],
])("%s, after %s was seen to go: %s", (arn, cloudId, isKnown) => {
  expect(wasSeenToGo(arn, gone(cloudId))).toBe(isKnown);
});
