import { hoursPerMonth, type Line, metered, type Tier, tiered } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType, ResourceView } from "#server/cost/priced-type.ts";
import { table } from "#server/cost/table.ts";

const billion = 1_000_000_000;
const tiers = table<readonly Tier[]>({
  x86_64: [{ label: "first 6B", upTo: 6 * billion }, { label: "next 9B", upTo: 15 * billion }, { label: "over 15B" }],
  arm64: [
    { label: "first 7.5B", upTo: 7.5 * billion },
    { label: "next 11.25B", upTo: 18.75 * billion },
    { label: "over 18.75B" },
  ],
});

const defaults = { memoryMb: 128, ephemeralMb: 512 };

/** Seconds that the function runs in a month; null when the usage says nothing of it. */
function seconds(resource: ResourceView): ReturnType<typeof amount> | null {
  const requests = resource.usage.number("monthly_requests");
  const duration = resource.usage.number("request_duration_ms");
  return requests === undefined || duration === undefined ? null : amount(requests).times(duration).div(1000);
}

function* ephemeralLine(resource: ResourceView, run: ReturnType<typeof amount> | null): Iterable<Line> {
  const extra = (resource.block("ephemeral_storage")?.number("size") ?? defaults.ephemeralMb) - defaults.ephemeralMb;
  if (run !== null && extra <= 0) return;
  const quantity = run?.times(extra).div(1024);
  yield metered("Ephemeral storage", "GB-seconds", quantity, { sku: "Ephemeral storage", unit: "GB-seconds" });
}

export const awsLambdaFunction: PricedType = {
  *lines(resource) {
    const requests = resource.usage.number("monthly_requests");
    const quantity = requests === undefined ? null : amount(requests).div(1_000_000);
    yield metered("Requests", "1M requests", quantity, { sku: "Requests", unit: "1M requests" });
    const run = seconds(resource);
    yield* ephemeralLine(resource, run);
    const memory = resource.number("memory_size") ?? defaults.memoryMb;
    const architecture = resource.list("architectures").includes("arm64") ? "arm64" : "x86_64";
    yield* tiered(tiers[architecture]!, "GB-seconds", run?.times(memory).div(1024), (label) => {
      const name = `Duration (${label})`;
      return { name, prices: { sku: name, unit: "GB-seconds" } };
    });
  },
};

/** Kept-warm functions pay for the memory they hold, and for what runs on it. */
export const awsLambdaProvisionedConcurrencyConfig: PricedType = {
  *lines(resource) {
    const requests = resource.usage.number("monthly_requests");
    const hours = resource.usage.number("monthly_duration_hrs") ?? hoursPerMonth;
    const memory = resource.usage.number("memory_mb");
    const units = resource.number("provisioned_concurrent_executions") ?? 1;
    const part = (name: string, unit: string, quantity: ReturnType<typeof amount> | null | undefined) =>
      metered(name, unit, quantity, { sku: name, unit });
    yield part("Requests", "1M requests", requests === undefined ? null : amount(requests).div(1_000_000));
    const gb = memory === undefined ? null : amount(memory).div(1024);
    yield part("Provisioned Concurrency", "GB-seconds", gb?.times(units).times(hours).times(3600));
    const duration = resource.usage.number("request_duration_ms");
    const isStated = requests !== undefined && duration !== undefined && gb !== null;
    yield part("Duration", "GB-seconds", isStated ? gb.times(requests).times(duration).div(1000) : null);
  },
};
