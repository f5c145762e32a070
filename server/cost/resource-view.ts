import { leftToProvider } from "#server/plan/schema/rewrite.ts";
import { attributesOf } from "./attributes.ts";
import { groupBy } from "./group-by.ts";
import type { PlanDocument } from "./plan-document.ts";
import type { PlannedResource } from "./planned-resource.ts";
import type { ResourceView } from "./priced-type.ts";
import { referenceGraph } from "./references.ts";
import { regionOf } from "./region.ts";
import { type UsageFile, usageOf, usageView } from "./usage.ts";

export interface ViewOptions {
  usage: UsageFile;
  machine: ResourceView["machine"];
  chargesAddressesInUse: boolean;
}

/** `a[0].b[1].c` lies in `a[0].b[1]`, `a[0].b`, `a[0]` and `a`. */
function ancestors(path: string): string[] {
  const parts = path.split(/(?=[.[])/);
  return parts.slice(1).map((_part, index) => parts.slice(0, index + 1).join(""));
}

/** A static plan lists what its configuration sets and nobody can know; a list that was cut short is no proof. */
function listedUnknowns(plan: PlanDocument): ((address: string, path: string) => "yes" | "no" | null) | null {
  const { unknowns, unknownCount } = plan.gantry ?? {};
  if (!unknowns || unknownCount !== unknowns.length) return null;
  const truly = unknowns.filter((unknown) => unknown.reason !== leftToProvider);
  const paths = new Set(truly.map((unknown) => `${unknown.address} ${unknown.path}`));
  return (address, path) => {
    if (paths.has(`${address} ${path}`)) return "yes";
    return ancestors(path).some((above) => paths.has(`${address} ${above}`)) ? null : "no";
  };
}

/** The resources as pricing rules see them: attributes, usage, region, and what points at what. */
export function resourceViews(
  plan: PlanDocument,
  planned: readonly PlannedResource[],
  options: ViewOptions,
): ResourceView[] {
  const graph = referenceGraph(planned, plan);
  const listed = listedUnknowns(plan);
  const views = new Map<PlannedResource, ResourceView>();
  let byType: Map<string, ResourceView[]> | undefined;
  const viewsOf = (resources: readonly PlannedResource[], type?: string) =>
    resources
      .filter((resource) => type === undefined || resource.type === type)
      .map((resource) => views.get(resource)!);
  for (const resource of planned) {
    const { region, from } = regionOf(plan, resource, graph);
    const usage = usageView(usageOf(options.usage, resource.type, resource.address));
    views.set(resource, {
      ...attributesOf({
        values: resource.values,
        unknown: resource.unknown,
        expressions: resource.config?.expressions,
        doubt: (path, expression) =>
          (resource.countUnknown === undefined ? listed?.(resource.address, path) : undefined) ??
          graph.doubt(resource, expression),
      }),
      address: resource.address,
      type: resource.type,
      name: resource.name,
      region: usage.text("region") ?? region,
      regionFrom: usage.text("region") ? "resource" : from,
      usage,
      countUnknown: resource.countUnknown,
      values: resource.values,
      targets: (attribute, type) => viewsOf(graph.targets(resource, resource.config?.expressions?.[attribute]), type),
      sources: (type) => viewsOf(graph.sources(resource, type)),
      all(type) {
        byType ??= groupBy(views.values(), (view) => view.type);
        return byType.get(type) ?? [];
      },
      machine: options.machine,
      chargesAddressesInUse: options.chargesAddressesInUse,
    });
  }
  return [...views.values()];
}
