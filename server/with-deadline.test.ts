import { expect, test } from "vitest";
import { withDeadline } from "./with-deadline.ts";

test("work that ends in time gives its answer", async () => {
  expect(await withDeadline(5_000, async () => 42)).toBe(42);
});

test("work that never ends and heeds nothing is left behind at the deadline", async () => {
  let aborted = false;
  const endless = withDeadline(20, (signal) => {
    signal.addEventListener("abort", () => {
      aborted = true;
    });
    return new Promise(() => {});
  });
  await expect(endless).rejects.toMatchObject({ name: "TimeoutError" });
  expect(aborted).toBe(true);
});
