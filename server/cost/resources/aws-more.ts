import { fixed, hourly, metered, type Tier, tiered } from "#server/cost/line.ts";
import type { PricedType } from "#server/cost/priced-type.ts";
import { table } from "#server/cost/table.ts";
import { meteredType } from "./metered-type.ts";

const certificateTiers: readonly Tier[] = [
  { label: "first 1K", upTo: 1000 },
  { label: "next 9K", upTo: 10_000 },
  { label: "over 10K" },
];

const privateAuthority: PricedType = {
  *lines(resource) {
    const isShort = resource.text("usage_mode") === "SHORT_LIVED_CERTIFICATE";
    const name = isShort
      ? "Private certificate authority (short-lived certificate mode)"
      : "Private certificate authority";
    yield fixed(name, "months", 1, { sku: name, unit: "months" });
    const requests = resource.usage.number("monthly_requests");
    if (isShort) {
      yield metered("Certificates (short-lived)", "requests", requests, {
        sku: "Certificates (short-lived)",
        unit: "requests",
      });
      return;
    }
    yield* tiered(certificateTiers, "requests", requests, (label) => {
      const tier = `Certificates (${label})`;
      return { name: tier, prices: { sku: tier, unit: "requests" } };
    });
  },
};

const accelerationAreas = table<string>({
  us: "US, Mexico, Canada",
  europe: "Europe",
  south_africa: "South Africa, Kenya",
  south_america: "South America",
  south_korea: "South Korea",
  australia: "Australia, New Zealand",
  asia_pacific: "Asia Pacific",
  middle_east: "Middle East",
  india: "India, Indonesia, Philippines, Thailand",
});

/** Traffic through an accelerator pays a premium in its dominant direction, by where the users are. */
const endpointGroup: PricedType = {
  *lines(resource) {
    for (const direction of ["Inbound", "Outbound"]) {
      const usage = resource.usage.at(`monthly_${direction.toLowerCase()}_data_transfer_gb`);
      for (const [key, area] of Object.entries(accelerationAreas)) {
        const quantity = usage.number(key);
        if (quantity === undefined && key !== "us") continue;
        const name = `${direction} DT-premium fee`;
        yield metered(name, "GB", quantity, { sku: `${area} > ${name}`, unit: "GB" }, { group: [area] });
      }
    }
  },
};

const processingUnits: PricedType = {
  *lines(resource) {
    const units = resource.usage.number("kinesis_processing_units");
    const name = "Processing (stream)";
    yield metered(name, "KPU", units, { sku: name, unit: "KPU" }, { billsWhile: "running" });
    if (resource.type !== "aws_kinesisanalyticsv2_application") return;
    const isFlink = resource.text("runtime_environment")?.startsWith("FLINK") ?? false;
    if (isFlink) {
      yield fixed("Processing (orchestration)", "KPU", 1, { sku: "Processing (orchestration)", unit: "KPU" });
      const stored = units === undefined ? null : units * 50;
      yield metered("Running storage", "GB", stored, { sku: "Running storage", unit: "GB" });
      yield metered("Backup", "GB", resource.usage.number("durable_application_backup_gb"), {
        sku: "Backup",
        unit: "GB",
      });
    }
  },
};

const hsm: PricedType = {
  *lines(resource) {
    const hours = resource.usage.number("monthly_hrs");
    yield hourly("HSM usage", { sku: "HSM usage", unit: "hours" }, hours === undefined ? {} : { hours, from: "usage" });
  },
};

export const awsMoreTypes: Readonly<Record<string, PricedType>> = {
  aws_acmpca_certificate_authority: privateAuthority,
  aws_cloudhsm_v2_hsm: hsm,
  aws_globalaccelerator_accelerator: meteredType([{ kind: "hourly", name: "Fixed fee", unit: "hours" }]),
  aws_globalaccelerator_endpoint_group: endpointGroup,
  aws_kinesis_analytics_application: processingUnits,
  aws_kinesisanalyticsv2_application: processingUnits,
  aws_kinesisanalyticsv2_application_snapshot: meteredType([
    { kind: "usage", name: "Backup", unit: "GB", usage: "durable_application_backup_gb" },
  ]),
};
