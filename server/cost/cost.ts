/** Decimal string in the estimate's currency. Never a float, never rounded for display. */
export type Money = string;

export const states = ["priced", "depends_on_usage", "free", "no_price", "unsupported", "unknown"] as const;
/** What is known about a cost. Anything but `priced` has no monthly figure: an unknown cost is not a zero. */
export type State = (typeof states)[number];

export type QuantityFrom = "config" | "default" | "usage" | "assumed" | "unknown";
export type RegionFrom = "resource" | "alias" | "provider" | "default" | "unknown";
export type PrecisionKind = "exact" | "derived" | "rounded" | "quoted";
export type PriceProvider = "embedded" | "infracost-cli" | "pricing-api";

/** Where a unit price was read, so that a reader can check it. */
export interface PriceRef {
  table: string;
  sku: string;
  region: string;
  asOf: string;
  source: string;
  precision: PrecisionKind;
  provider?: PriceProvider;
}

/** Which part of an environment's life a component bills in; a stopped environment keeps paying `provisioned` ones. */
export type BillsWhile = "running" | "provisioned" | "usage";

export interface Component {
  name: string;
  group?: string[];
  unit: string;
  quantity: string | null;
  quantityFrom: QuantityFrom;
  unitPrice: Money | null;
  priceRef?: PriceRef;
  /** Null when not known; never "0" as a stand-in. */
  monthly: Money | null;
  low?: Money;
  high?: Money;
  state: State;
  usageBased: boolean;
  billsWhile: BillsWhile;
  note?: string;
}

export interface Resource {
  address: string;
  type: string;
  region: string | null;
  regionFrom: RegionFrom;
  count: number | null;
  /** Sum of the components that have a figure: a lower bound unless the state is `priced`. Null when none has. */
  monthly: Money | null;
  components: Component[];
  state: State;
  reasons: string[];
}

/** A cost the blueprint's author states; shown as declared, never summed with list prices without saying so. */
export interface DeclaredCost {
  name: string;
  amount: Money;
  per: "hour" | "month" | "launch";
}

export interface Coverage {
  detected: number;
  priced: number;
  free: number;
  dependsOnUsage: number;
  noPrice: number;
  unsupported: number;
  unknown: number;
  byType: Record<string, number>;
}

export interface EstimateWarning {
  code: string;
  address?: string;
  text: string;
}

export interface Estimate {
  currency: "USD";
  hoursPerMonth: 730;
  runHours?: number;
  catalogue: { id: string; asOfMin: string; asOfMax: string; provider: PriceProvider };
  resources: Resource[];
  /** `upper` is null when something is open above: a usage, a missing price, an unsupported or unknown resource. */
  total: { lower: Money; upper: Money | null; baseline: Money; usage: Money };
  /** The same total for the planned run instead of a month. */
  run?: { hours: number; lower: Money; upper: Money | null };
  declared?: { costs: DeclaredCost[]; monthly: Money; perLaunch: Money };
  coverage: Coverage;
  warnings: EstimateWarning[];
  /** Files of the blueprint that state usage, where there are any. */
  usageFiles?: string[];
  /** SHA-256 over everything above: an equal plan with equal prices gives an equal hash. */
  hash: string;
}
