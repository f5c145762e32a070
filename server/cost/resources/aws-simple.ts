import type { PricedType } from "#server/cost/priced-type.ts";
import { meteredType } from "./metered-type.ts";

export const awsSecretsmanagerSecret = meteredType([
  { kind: "monthly", name: "Secret", unit: "months" },
  { kind: "usage", name: "API requests", unit: "10k requests", usage: "monthly_requests", per: 10_000 },
]);

const isSymmetric = (spec: string | undefined) => spec === undefined || spec === "SYMMETRIC_DEFAULT";

export const awsKmsKey: PricedType = {
  *lines(resource) {
    const spec = resource.text("customer_master_key_spec");
    const requests = (name: string, usage: string) =>
      ({ kind: "usage", name, unit: "10k requests", usage, per: 10_000 }) as const;
    const names = isSymmetric(spec)
      ? ["Requests", "ECC GenerateDataKeyPair requests", "RSA GenerateDataKeyPair requests"]
      : [spec === "RSA_2048" ? "Requests (RSA 2048)" : "Requests (asymmetric)"];
    const usages = ["monthly_requests", "monthly_ecc_data_key_pair_requests", "monthly_rsa_data_key_pair_requests"];
    const parts = names.map((name, index) => requests(name, usages[index]!));
    yield* meteredType([{ kind: "monthly", name: "Customer master key", unit: "months" }, ...parts]).lines(resource);
  },
};

/** A request is billed in chunks of this size. */
const sqsChunkKb = 64;

export const awsSqsQueue: PricedType = {
  *lines(resource) {
    const chunks = Math.ceil(Math.max(1, resource.usage.number("request_size_kb") ?? 1) / sqsChunkKb);
    const attributes = () => ({ fifo_queue: String(resource.flag("fifo_queue") ?? false) });
    const part = { kind: "usage", name: "Requests", unit: "1M requests", usage: "monthly_requests" } as const;
    yield* meteredType([{ ...part, per: 1_000_000 / chunks, attributes }]).lines(resource);
  },
};

/** Minor versions that Amazon keeps alive for a higher fee. */
const lastExtendedMinor = 29;

export const awsEksCluster: PricedType = {
  *lines(resource) {
    const minor = Number(/^1\.(\d+)/.exec(resource.text("version") ?? "")?.[1] ?? Number.POSITIVE_INFINITY);
    const name = minor <= lastExtendedMinor ? "EKS cluster (extended support)" : "EKS cluster";
    yield* meteredType([{ kind: "hourly", name, unit: "hours" }]).lines(resource);
  },
};
