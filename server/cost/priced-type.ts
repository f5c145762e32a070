import type { Attributes } from "./attributes.ts";
import type { RegionFrom } from "./cost.ts";
import type { Line } from "./line.ts";
import type { Usage } from "./usage.ts";

/** A planned resource as its pricing rule sees it. */
export interface ResourceView extends Attributes {
  address: string;
  type: string;
  name: string;
  region: string | null;
  regionFrom: RegionFrom;
  usage: Usage;
  countUnknown: string | undefined;
  values: Readonly<Record<string, unknown>>;
  /** Resources that an attribute points at, optionally of one type. */
  targets(attribute: string, type?: string): ResourceView[];
  /** Resources of a type that point at this one. */
  sources(type: string): ResourceView[];
  /** All planned resources of a type. */
  all(type: string): readonly ResourceView[];
  /** Size of a machine type, where the catalogue knows it. */
  machine(type: string): { vcpu: number; memoryGib: number } | null;
  /** Whether addresses in use are charged for; a comparison with older price lists turns it off. */
  chargesAddressesInUse: boolean;
}

/** How one Terraform type is priced. */
export interface PricedType {
  /** A reason when this very resource costs nothing: its cost is counted elsewhere. */
  free?(resource: ResourceView): string | null;
  /** A reason when this very resource cannot be priced. */
  unsupported?(resource: ResourceView): string | null;
  lines(resource: ResourceView): Iterable<Line>;
}
