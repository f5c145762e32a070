import { UnknownValue } from "./attributes.ts";
import { type ExtraPrices, knownLines, type MissingPrice, type Pricing, priceLine } from "./component.ts";
import type { DeclaredCost, Estimate, EstimateWarning, PriceProvider, Resource } from "./cost.ts";
import { groupBy } from "./group-by.ts";
import { hoursPerMonth } from "./line.ts";
import { money, sum } from "./money.ts";
import type { PlanDocument } from "./plan-document.ts";
import { type PlannedResource, plannedResources } from "./planned-resource.ts";
import { embeddedPriceBook, type PriceBook } from "./price-book/price-book.ts";
import type { PricedType, ResourceView } from "./priced-type.ts";
import { isZoneElsewhere } from "./region.ts";
import { isAlsoFree, isHelperType, usagePseudoTypes } from "./resource-class.ts";
import { resourceViews, type ViewOptions } from "./resource-view.ts";
import { pricedTypes } from "./resources/registry.ts";
import { finishEstimate } from "./summary.ts";
import { noUsage, type UsageFile } from "./usage.ts";

export interface EstimateOptions {
  usage?: UsageFile;
  currency?: "USD";
  /** Planned hours of the run, for the price of the run beside the price of a month. */
  runHours?: number;
  declared?: readonly DeclaredCost[];
  book?: PriceBook;
  /** Prices from a connected Infracost for what the book lacks. */
  extra?: ExtraPrices;
  provider?: PriceProvider;
  /** Said on top of the estimate's own warnings. */
  warnings?: readonly EstimateWarning[];
  /** Amazon charges for public IPv4 addresses in use since 2024; older price lists did not. Default: true. */
  chargesAddressesInUse?: boolean;
}

export interface PlanEstimate {
  estimate: Estimate;
  /** What the book lacks, for a connected price source to fill. */
  missing: MissingPrice[];
}

function blank(view: ResourceView, state: Resource["state"], reasons: string[]): Resource {
  const { address, type, region, regionFrom } = view;
  return { address, type, region, regionFrom, count: 1, monthly: null, components: [], state, reasons };
}

/** Calls a rule that may read an unknown attribute: then nothing can be said yet, and pricing goes on. */
function verdict(ask: (() => string | null) | undefined): string | null {
  try {
    return ask?.() ?? null;
  } catch (error) {
    if (error instanceof UnknownValue) return null;
    throw error;
  }
}

function resourceState(components: Resource["components"]): Resource["state"] {
  if (components.some((component) => component.state === "unknown")) return "unknown";
  const isOpen = (component: Resource["components"][number]) =>
    component.state === "no_price" && component.quantity !== null;
  if (components.some(isOpen)) return "no_price";
  if (components.some((component) => component.state === "priced")) return "priced";
  if (components.some((component) => component.state === "depends_on_usage")) return "depends_on_usage";
  return components.length > 0 ? "no_price" : "priced";
}

function priceResource(view: ResourceView, rule: PricedType, pricing: Pricing): Resource {
  const free = verdict(rule.free && (() => rule.free!(view)));
  if (free !== null) return blank(view, "free", [free]);
  const unsupported = verdict(rule.unsupported && (() => rule.unsupported!(view)));
  if (unsupported !== null) return blank(view, "unsupported", [unsupported]);
  if (view.region === null) return blank(view, "unknown", ["the region is not known before apply"]);
  const components = [...knownLines(() => rule.lines(view))].map((line) => priceLine(view, line, pricing));
  const figures = components.filter((component) => component.monthly !== null);
  const state = resourceState(components);
  const notes = components.filter(
    (component) => component.state !== "priced" && component.state !== "depends_on_usage",
  );
  const reasons = components.length === 0 ? ["its cost is part of the resource it belongs to"] : notes.map(reasonOf);
  return {
    ...blank(view, state, [...new Set(reasons)]),
    monthly:
      figures.length > 0 || components.length === 0 ? money(sum(figures.map((component) => component.monthly!))) : null,
    components,
  };
}

function reasonOf(component: Resource["components"][number]): string {
  return `${component.name}: ${component.note ?? component.state}`;
}

/** One of them is the least there will be, unless there are none: the figures stand as a lower bound, the total stays open. */
function withCount(view: ResourceView, resource: Resource): Resource {
  if (view.countUnknown === undefined || resource.state === "free") return resource;
  return {
    ...resource,
    count: null,
    state: "unknown",
    reasons: [`count not known before plan: ${view.countUnknown}`, ...resource.reasons],
  };
}

function remoteModules(plan: PlanDocument): EstimateWarning[] {
  return (plan.gantry?.remoteModules ?? []).map(({ address, source }) => ({
    code: "remote_module",
    address,
    text: `The module ${source} can only be looked into by a real plan; what it creates is not included`,
  }));
}

function classify(view: ResourceView, pricing: Pricing): Resource {
  const rule = Object.hasOwn(pricedTypes, view.type) ? pricedTypes[view.type] : undefined;
  if (rule) return withCount(view, priceResource(view, rule, pricing));
  if (pricing.book.isFree(view.type) || isAlsoFree(view.type))
    return blank(view, "free", [`${view.type} carries no price of its own`]);
  return blank(view, "unsupported", [`${view.type} is not supported, its cost is not included`]);
}

/** Usage of something no Terraform resource stands for, such as data transfer, is stated in the usage file alone. */
function usageOnlyResources(usage: UsageFile): PlannedResource[] {
  return Object.keys(usage.byAddress).flatMap((address) => {
    const type = address.split(".")[0] ?? "";
    if (!usagePseudoTypes.has(type)) return [];
    return [
      {
        address,
        type,
        name: address.slice(type.length + 1),
        index: undefined,
        module: "",
        values: {},
        unknown: undefined,
        config: undefined,
      },
    ];
  });
}

function regionWarnings(resources: readonly Resource[]): EstimateWarning[] {
  const assumed = resources.filter((resource) => resource.regionFrom === "default" && resource.components.length > 0);
  const regions = groupBy(assumed, (resource) => resource.region ?? "");
  return [...regions].map(([region, members]) => ({
    code: "default_region",
    address: members[0]!.address,
    text: `No region is configured for ${members.length} resources: prices of ${region} are used`,
  }));
}

function zoneWarnings(views: readonly ResourceView[]): EstimateWarning[] {
  return views
    .filter((view) => view.type.startsWith("aws_") && isZoneElsewhere(view.region, view.values.availability_zone))
    .map((view) => ({
      code: "zone_elsewhere",
      address: view.address,
      text: `${view.values.availability_zone} is not in ${view.region}, whose prices are used`,
    }));
}

/** What a plan will cost a month, with the state of everything that has no figure. */
export function estimatePlan(plan: PlanDocument, options: EstimateOptions = {}): Estimate {
  return estimateWithMissing(plan, options).estimate;
}

export function estimateWithMissing(plan: PlanDocument, options: EstimateOptions = {}): PlanEstimate {
  const usage = options.usage ?? noUsage;
  const pricing: Pricing = {
    book: options.book ?? embeddedPriceBook(),
    extra: options.extra ?? new Map(),
    missing: [],
  };
  const planned = [...plannedResources(plan), ...usageOnlyResources(usage)].filter(
    (resource) => !isHelperType(resource.type),
  );
  const viewOptions: ViewOptions = {
    usage,
    machine: pricing.book.machine,
    chargesAddressesInUse: options.chargesAddressesInUse ?? true,
  };
  const views = resourceViews(plan, planned, viewOptions);
  const resources = views
    .map((view) => classify(view, pricing))
    .sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
  const estimate = finishEstimate({
    currency: "USD",
    hoursPerMonth,
    ...(options.runHours === undefined ? {} : { runHours: options.runHours }),
    catalogue: {
      id: pricing.book.id,
      asOfMin: pricing.book.asOfMin,
      asOfMax: pricing.book.asOfMax,
      provider: options.provider ?? "embedded",
    },
    resources,
    declared: options.declared ?? [],
    warnings: [
      ...(options.warnings ?? []),
      ...remoteModules(plan),
      ...regionWarnings(resources),
      ...zoneWarnings(views),
    ],
  });
  return { estimate, missing: pricing.missing };
}
