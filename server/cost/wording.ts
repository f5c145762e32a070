import type { Component, Coverage, Estimate, Money } from "./cost.ts";
import { amount } from "./money.ts";

function dollars(value: Money): string {
  return `$${amount(value)
    .toFixed(2)
    .replace(/\B(?=(\d{3})+(?!\d))/g, ",")}`;
}

/** A unit price: cents from ten cents up, every digit below, where cents would hide it. */
export function unitPriceText(value: Money): string {
  const price = amount(value);
  return price.gte("0.1") && price.decimalPlaces() <= 2 ? dollars(value) : `$${price.toFixed()}`;
}

/** "From $412.17 a month", "$412.17 a month" or "$380.00 to $520.00 a month": never more certain than the estimate is. */
export function headline(estimate: Pick<Estimate, "total">): string {
  const { lower, upper } = estimate.total;
  if (upper === null) return `From ${dollars(lower)} a month`;
  return upper === lower ? `${dollars(lower)} a month` : `${dollars(lower)} to ${dollars(upper)} a month`;
}

/** The price of the planned run, where its length is known. */
export function runText(estimate: Pick<Estimate, "run">): string | null {
  const { run } = estimate;
  if (!run) return null;
  const hours = `${run.hours} hour${run.hours === 1 ? "" : "s"}`;
  if (run.upper === null || run.upper === run.lower) return `about ${dollars(run.lower)} for ${hours}`;
  return `about ${dollars(run.lower)} to ${dollars(run.upper)} for ${hours}`;
}

/** "12 of 15 resources priced, 1 depends on usage, 1 free, 1 not supported". */
export function coverageText(coverage: Coverage): string {
  const parts: [number, string][] = [
    [coverage.dependsOnUsage, `depend${coverage.dependsOnUsage === 1 ? "s" : ""} on usage`],
    [coverage.free, "free"],
    [coverage.noPrice, "without a complete price"],
    [coverage.unsupported, "not supported"],
    [coverage.unknown, "not known before apply"],
  ];
  const rest = parts.filter(([count]) => count > 0).map(([count, label]) => `${count} ${label}`);
  const plural = coverage.detected === 1 ? "resource" : "resources";
  return [`${coverage.priced} of ${coverage.detected} ${plural} priced`, ...rest].join(", ");
}

/** "paths" is sold by the path; "10k requests", "IOPS" and "MBps" are what they are. */
function singular(unit: string): string {
  return /^\d/.test(unit) || /(ps|ss|[A-Z])$/.test(unit) ? unit : unit.replace(/s$/, "");
}

/** What a component's line says where a figure would stand. */
export function componentText(component: Component): string {
  if (component.monthly !== null) return `${dollars(component.monthly)} a month`;
  if (component.state === "free") return "free";
  if (component.state === "depends_on_usage" && component.unitPrice !== null) {
    return `depends on usage: ${unitPriceText(component.unitPrice)} per ${singular(component.unit)}`;
  }
  return component.note ?? component.state.replaceAll("_", " ");
}

/** The line at the foot of every estimate: what the figures are, and how old. */
export function footnote(estimate: Pick<Estimate, "catalogue" | "currency">): string {
  const { asOfMin, asOfMax } = estimate.catalogue;
  const ages = `${asOfMin.slice(0, 7)} to ${asOfMax.slice(0, 7)}`;
  return `List prices of ${ages} in ${estimate.currency}, without tax, discounts, free tier and data transfer.`;
}
