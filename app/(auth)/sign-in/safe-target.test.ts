import { expect, test } from "vitest";
import { safeTarget } from "./safe-target.ts";

test.each([
  ["/s/payments/environments?state=active", "/s/payments/environments?state=active"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["https://evil.example", "/"],
  [undefined, "/"],
  [["/a", "/b"], "/"],
])("after signing in with target %j the way goes to %s", (wanted, target) => {
  expect(safeTarget(wanted)).toBe(target);
});
