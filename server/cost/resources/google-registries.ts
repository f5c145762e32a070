import { metered } from "#server/cost/line.ts";
import { amount } from "#server/cost/money.ts";
import type { PricedType } from "#server/cost/priced-type.ts";
import { egressLines, operationLines } from "./google-storage-bucket.ts";

/** Images of the old registry lie in a bucket, and are billed as one. */
export const googleContainerRegistry: PricedType = {
  *lines(resource) {
    const location = resource.text("location")?.toUpperCase() ?? resource.region ?? "";
    const price = { sku: "Storage (standard)", unit: "GiB", region: location };
    yield metered("Storage (standard)", "GiB", resource.usage.number("storage_gb"), price, {
      billsWhile: "provisioned",
    });
    yield* operationLines(resource, location);
    yield* egressLines(resource, location);
  },
};

export const googleArtifactRegistryRepository: PricedType = {
  *lines(resource) {
    const region = (resource.text("location") ?? resource.region ?? "").toLowerCase();
    const stored = resource.usage.number("storage_gb");
    yield metered("Storage", "GB", stored, { sku: "Storage", unit: "GB", region }, { billsWhile: "provisioned" });
  },
};

/** Regions where Cloud Run costs less than elsewhere. */
const cheapRegions = new Set([
  "asia-east1",
  "asia-northeast1",
  "asia-northeast2",
  "europe-north1",
  "europe-southwest1",
  "europe-west1",
  "europe-west4",
  "europe-west8",
  "europe-west9",
  "me-west1",
  "us-central1",
  "us-east1",
  "us-east4",
  "us-east5",
  "us-south1",
  "us-west1",
]);

/** "1000m", "2": processors; "512Mi", "2Gi": memory. */
function quantityOf(text: string | undefined, fallback: number): ReturnType<typeof amount> {
  const match = /^([\d.]+)(m|Ki|Mi|Gi)?$/.exec(text ?? "");
  if (!match) return amount(fallback);
  const scale = { m: "0.001", Ki: "0.00000095367431640625", Mi: "0.0009765625", Gi: "1" }[match[2] ?? "Gi"] ?? "1";
  return amount(match[1]!).times(scale);
}

export const googleCloudRunV2Job: PricedType = {
  *lines(resource) {
    const template = resource.block("template");
    const limits = template?.block("template")?.block("containers")?.block("resources")?.block("limits");
    const tasks = template?.number("task_count") ?? 1;
    const runs = resource.usage.number("monthly_job_executions");
    const minutes = resource.usage.number("average_task_execution_mins");
    const isStated = runs !== undefined && minutes !== undefined;
    const seconds = isStated ? amount(runs).times(minutes).times(60).times(tasks) : null;
    const suffix = cheapRegions.has(resource.region ?? "") ? "" : " (tier 2)";
    const cpu = `CPU allocation time${suffix}`;
    const memory = `Memory allocation time${suffix}`;
    const cpus = quantityOf(limits?.text("cpu"), 1);
    const gib = quantityOf(limits?.text("memory"), 0.5);
    yield metered(cpu, "vCPU-seconds", seconds?.times(cpus), { sku: cpu, unit: "vCPU-seconds" });
    yield metered(memory, "GiB-seconds", seconds?.times(gib), { sku: memory, unit: "GiB-seconds" });
  },
};

export const googleCloudRunV2Service: PricedType = {
  *lines(resource) {
    const requests = resource.usage.number("monthly_requests");
    const name = "Number of requests";
    yield metered(name, "requests", requests, { sku: name, unit: "requests" });
    const suffix = cheapRegions.has(resource.region ?? "") ? "" : " (tier 2)";
    const duration = resource.usage.number("average_request_duration_ms");
    const parallel = resource.usage.number("concurrent_requests_per_instance") ?? 1;
    const isStated = requests !== undefined && duration !== undefined;
    const seconds = isStated ? amount(requests).times(duration).div(1000).div(Math.max(1, parallel)) : null;
    const limits = resource.block("template")?.block("containers")?.block("resources")?.block("limits");
    const cpu = `CPU allocation time${suffix}`;
    const memory = `Memory allocation time${suffix}`;
    yield metered(cpu, "vCPU-seconds", seconds?.times(quantityOf(limits?.text("cpu"), 1)), {
      sku: cpu,
      unit: "vCPU-seconds",
    });
    yield metered(memory, "GiB-seconds", seconds?.times(quantityOf(limits?.text("memory"), 0.5)), {
      sku: memory,
      unit: "GiB-seconds",
    });
  },
};
