import { leftToProvider } from "#server/plan/schema/rewrite.ts";
import { AttributeReader } from "./attributes.ts";
import type { RegionFrom } from "./cost.ts";
import { groupBy } from "./group-by.ts";
import type { PlanDocument } from "./plan-document.ts";
import type { PlannedResource } from "./planned-resource.ts";
import type { ResourceView } from "./priced-type.ts";
import { type ReferenceGraph, referenceGraph } from "./references.ts";
import { regionOf } from "./region.ts";
import { type Usage, type UsageFile, usageOf, usageView } from "./usage.ts";
import { valueDoubt } from "./value-doubt.ts";

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
  const { source, unknowns, unknownCount } = plan.gantry ?? {};
  if (source !== "static" || !unknowns || unknownCount !== unknowns.length) return null;
  const truly = unknowns.filter((unknown) => unknown.reason !== leftToProvider);
  const paths = new Set(truly.map((unknown) => `${unknown.address} ${unknown.path}`));
  return (address, path) => {
    if (paths.has(`${address} ${path}`)) return "yes";
    return ancestors(path).some((above) => paths.has(`${address} ${above}`)) ? null : "no";
  };
}

/** What all views of one plan share. */
interface PlanViews {
  plan: PlanDocument;
  options: ViewOptions;
  graph: ReferenceGraph;
  listed: ReturnType<typeof listedUnknowns>;
  doubt: ReturnType<typeof valueDoubt>;
  views: Map<PlannedResource, PlannedView>;
  byType?: Map<string, PlannedView[]>;
}

class PlannedView extends AttributeReader implements ResourceView {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly region: string | null;
  readonly regionFrom: RegionFrom;
  readonly usage: Usage;
  readonly countUnknown: string | undefined;
  readonly values: Readonly<Record<string, unknown>>;
  readonly chargesAddressesInUse: boolean;
  readonly #resource: PlannedResource;
  readonly #shared: PlanViews;

  constructor(resource: PlannedResource, shared: PlanViews) {
    const { plan, options, graph, listed, doubt } = shared;
    const isCertain = resource.countUnknown === undefined;
    super({
      values: resource.values,
      unknown: resource.unknown,
      expressions: resource.config?.expressions,
      doubt: (path: string, expression: unknown) =>
        (isCertain ? listed?.(resource.address, path) : undefined) ?? doubt(resource, expression),
    });
    const { region, from } = regionOf(plan, resource, graph);
    this.address = resource.address;
    this.type = resource.type;
    this.name = resource.name;
    this.usage = usageView(usageOf(options.usage, resource.type, resource.address));
    const stated = this.usage.text("region");
    this.region = stated ?? region;
    this.regionFrom = stated ? "resource" : from;
    this.countUnknown = resource.countUnknown;
    this.values = resource.values;
    this.chargesAddressesInUse = options.chargesAddressesInUse;
    this.#resource = resource;
    this.#shared = shared;
  }

  #viewsOf(resources: readonly PlannedResource[], type?: string): ResourceView[] {
    const wanted = type === undefined ? resources : resources.filter((resource) => resource.type === type);
    return wanted.map((resource) => this.#shared.views.get(resource)!);
  }

  targets(attribute: string, type?: string): ResourceView[] {
    const expression = this.#resource.config?.expressions?.[attribute];
    return expression === undefined ? [] : this.#viewsOf(this.#shared.graph.targets(this.#resource, expression), type);
  }

  sources(type: string): ResourceView[] {
    return this.#viewsOf(this.#shared.graph.sources(this.#resource, type));
  }

  all(type: string): readonly ResourceView[] {
    this.#shared.byType ??= groupBy(this.#shared.views.values(), (view) => view.type);
    return this.#shared.byType.get(type) ?? [];
  }

  machine(type: string): { vcpu: number; memoryGib: number } | null {
    return this.#shared.options.machine(type);
  }
}

/** The resources as pricing rules see them: attributes, usage, region, and what points at what. */
export function resourceViews(
  plan: PlanDocument,
  planned: readonly PlannedResource[],
  options: ViewOptions,
): ResourceView[] {
  const views = new Map<PlannedResource, PlannedView>();
  const shared: PlanViews = {
    plan,
    options,
    graph: referenceGraph(planned, plan),
    listed: listedUnknowns(plan),
    doubt: valueDoubt(plan),
    views,
  };
  for (const resource of planned) views.set(resource, new PlannedView(resource, shared));
  return [...views.values()];
}
