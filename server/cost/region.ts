import type { RegionFrom } from "./cost.ts";
import type { PlanDocument, PlanProviderConfig } from "./plan-document.ts";
import type { PlannedResource } from "./planned-resource.ts";
import { type ReferenceGraph, referencesIn } from "./references.ts";

export interface FoundRegion {
  region: string | null;
  from: RegionFrom;
}

const defaults = { aws: "us-east-1", azurerm: "eastus", google: "us-central1" } as const;
export type Cloud = keyof typeof defaults;

export function cloudOf(type: string): Cloud | null {
  const prefix = type.split("_")[0];
  if (prefix === "azuread" || prefix === "azapi") return null;
  return prefix === "aws" || prefix === "azurerm" || prefix === "google" ? prefix : null;
}

/** "West Europe" and "westeurope" are one place; a Google zone lies in the region before its last letter. */
export function normalRegion(cloud: Cloud, value: string): string {
  if (cloud === "azurerm") return value.toLowerCase().replaceAll(/[\s_]/g, "");
  if (cloud === "google") return value.replace(/^([a-z]+-[a-z]+\d+)-[a-z]$/, "$1");
  return value;
}

const attributes: Record<Cloud, readonly string[]> = {
  aws: ["region"],
  azurerm: ["location"],
  google: ["region", "zone", "location"],
};

/** A local zone has prices of its own: `us-west-2-lax-1a` is not `us-west-2`. */
const localZone = /^([a-z]{2}(?:-[a-z]+)+-\d-[a-z]{3}-\d)[a-z]$/;

function ownRegion(resource: PlannedResource, cloud: Cloud): string | null {
  const zone = cloud === "aws" ? resource.values.availability_zone : undefined;
  const local = typeof zone === "string" ? localZone.exec(zone)?.[1] : undefined;
  if (local) return local;
  for (const name of attributes[cloud]) {
    const value = resource.values[name];
    if (typeof value === "string" && value !== "") return normalRegion(cloud, value.split("/").at(-1) ?? value);
  }
  return null;
}

/** Azure children have no location: they live where the thing they point at lives. */
function inheritedRegion(resource: PlannedResource, cloud: Cloud, graph: ReferenceGraph, depth = 0): string | null {
  if (depth > 3) return null;
  const targets = graph.targets(resource, resource.config?.expressions);
  for (const target of targets) {
    const region = ownRegion(target, cloud);
    if (region) return region;
  }
  for (const target of targets) {
    const region = inheritedRegion(target, cloud, graph, depth + 1);
    if (region) return region;
  }
  return null;
}

function providerOf(plan: PlanDocument, resource: PlannedResource, cloud: Cloud): PlanProviderConfig | undefined {
  const providers = plan.configuration?.provider_config ?? {};
  const key = resource.config?.provider_config_key ?? cloud;
  const short = key.split(":").at(-1) ?? key;
  return [key, short, short.split(".")[0] ?? short]
    .map((name) => providers[name])
    .find((found): found is PlanProviderConfig => typeof found === "object" && found !== null);
}

/** Value of a provider argument: a constant, or a variable of the root module. */
function providerValue(plan: PlanDocument, provider: PlanProviderConfig, name: string): string | null | "unknown" {
  const expression = provider.expressions?.[name];
  if (typeof expression !== "object" || expression === null) return null;
  const constant = (expression as { constant_value?: unknown }).constant_value;
  if (typeof constant === "string") return constant;
  const [reference, ...others] = referencesIn(expression);
  const isVariable = reference?.startsWith("var.") && others.every((other) => other === reference);
  const value = reference && isVariable ? plan.variables?.[reference.slice("var.".length)]?.value : undefined;
  return typeof value === "string" ? value : "unknown";
}

function providerRegion(plan: PlanDocument, provider: PlanProviderConfig, cloud: Cloud): FoundRegion | null {
  for (const name of attributes[cloud]) {
    const value = providerValue(plan, provider, name);
    if (value === "unknown") return { region: null, from: "unknown" };
    if (value) return { region: normalRegion(cloud, value), from: provider.alias ? "alias" : "provider" };
  }
  return null;
}

/** A static plan has the provider's settings already evaluated. */
function evaluatedRegion(plan: PlanDocument, resource: PlannedResource, cloud: Cloud): FoundRegion | null {
  const provider = plan.gantry?.providers?.[resource.config?.provider_config_key ?? cloud];
  for (const name of attributes[cloud]) {
    const value = provider?.values?.[name];
    if (typeof value === "string" && value !== "") {
      return { region: normalRegion(cloud, value), from: provider?.alias ? "alias" : "provider" };
    }
  }
  return null;
}

/** Where a resource will run: its own attribute, what it hangs on, its provider, and last the cloud's usual default. */
export function regionOf(plan: PlanDocument, resource: PlannedResource, graph: ReferenceGraph): FoundRegion {
  const cloud = cloudOf(resource.type);
  if (!cloud) return { region: null, from: "unknown" };
  const own = ownRegion(resource, cloud) ?? (cloud === "azurerm" ? inheritedRegion(resource, cloud, graph) : null);
  if (own) return { region: own, from: "resource" };
  const evaluated = evaluatedRegion(plan, resource, cloud);
  if (evaluated) return evaluated;
  const provider = providerOf(plan, resource, cloud);
  const found = provider && providerRegion(plan, provider, cloud);
  return found ?? { region: defaults[cloud], from: "default" };
}

/** A zone outside the region that is priced: the plan will fail, or the price is another region's. */
export function isZoneElsewhere(region: string | null, zone: unknown): boolean {
  return (
    typeof zone === "string" && region !== null && /^[a-z]{2}-[a-z]+-\d[a-z]$/.test(zone) && !zone.startsWith(region)
  );
}
