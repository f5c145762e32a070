import type { ActorRecord } from "#server/actor.ts";
import type { Blueprint, DeclaredCost } from "#server/blueprint/blueprint.ts";
import type { WhereItRuns } from "./where-it-runs.ts";

/** How long launches took to become ready, of real runs. */
export type TimeToReady = { p50Seconds: number; p95Seconds: number; runs: number };

/** What past environments of a blueprint tell. */
export type UsageHistory = {
  launches: number;
  lastLaunchAt: Date | null;
  /** Null with fewer than five succeeded launches. */
  timeToReady: TimeToReady | null;
  /** Median of what its environments were estimated at; null while unknown. Decimal text, in the space's currency. */
  typicalMonthlyCost: string | null;
  typicalHourlyCost: string | null;
  /** The medians are the known part only: some of it depends on usage or has no known price. */
  typicalCostIsOpen: boolean;
};

/** One row of the catalog. */
export type CatalogCard = UsageHistory &
  Pick<
    Blueprint,
    | "title"
    | "description"
    | "icon"
    | "category"
    | "cloud"
    | "owner"
    | "labels"
    | "requires"
    | "prompts"
    | "duration"
    | "synonyms"
    | "blocked"
  > &
  WhereItRuns & {
    blueprintName: string;
    revisionId: string;
    digest: string;
    grainKinds: string[];
    inputNames: string[];
    declaredCosts: DeclaredCost[];
    reviewer: ActorRecord | null;
    reviewedAt: Date | null;
    publishedBy: ActorRecord;
    publishedAt: Date;
    /** A newer revision waits for review. */
    hasChangesWaiting: boolean;
    isStarred: boolean;
    /** Programs the host lacks: it cannot be launched here until they are installed. */
    missingPrograms: string[];
  };

export type Facet = { value: string; count: number };
export type Facets = { category: Facet[]; cloud: Facet[]; team: Facet[] };

/** What a value of a facet reads from a card. */
export const facetValues = {
  category: (card: CatalogCard) => card.category,
  cloud: (card: CatalogCard) => card.cloud ?? "none",
  team: (card: CatalogCard) => card.owner.team,
} as const satisfies Record<keyof Facets, (card: CatalogCard) => string>;
