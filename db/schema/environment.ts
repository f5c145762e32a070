import { sql } from "drizzle-orm";
import {
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { ActorRecord, Channel } from "#server/actor.ts";
import { instant } from "./columns.ts";

export const environmentStates = [
  "awaiting_approval",
  "queued",
  "launching",
  "active",
  "updating",
  "ending",
  "ended",
  "denied",
  "rejected",
  "withdrawn",
  "launch_failed",
  "leftovers",
] as const;
export type EnvironmentState = (typeof environmentStates)[number];

/** States in which an environment takes a place in its owner's quota and in the budget. Leftovers still run, so they count. */
export const occupyingStates = [
  "awaiting_approval",
  "queued",
  "launching",
  "active",
  "updating",
  "ending",
  "launch_failed",
  "leftovers",
] as const satisfies readonly EnvironmentState[];

export const environments = pgTable(
  "environments",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    /** Shown as `env-<number>`. */
    number: bigserial("number", { mode: "number" }).notNull(),
    spaceId: uuid("space_id").notNull(),
    name: text("name").notNull(),
    ownerId: uuid("owner_id").notNull(),
    requestedBy: jsonb("requested_by").$type<ActorRecord>().notNull(),
    via: text("via").$type<Channel>().notNull(),
    state: text("state", { enum: environmentStates }).notNull(),
    stateSince: instant("state_since").notNull(),
    stateReason: text("state_reason").notNull().default(""),
    blueprintName: text("blueprint_name").notNull(),
    revisionId: uuid("revision_id").notNull(),
    agent: text("agent").notNull(),
    /** Name of the space's cloud connection that its Terraform grains run with; null where they need none. */
    connection: text("connection"),
    simulated: boolean("simulated").notNull(),
    inputs: jsonb("inputs").$type<Record<string, string>>().notNull(),
    sealedInputs: text("sealed_inputs"),
    evidence: jsonb("evidence").$type<Record<string, unknown>>().notNull().default(sql`'{}'::jsonb`),
    prompt: text("prompt").notNull().default(""),
    outputs: jsonb("outputs")
      .$type<{ name: string; value: string; kind: "regular" | "link"; quick: boolean; sensitive: boolean }[]>()
      .notNull()
      .default(sql`'[]'::jsonb`),
    sealedOutputs: text("sealed_outputs"),
    /**
     * Requested length, counted from the launch, or from the approval where one was needed: the end is known before
     * anything runs, and a launch that hangs ends too. Null is always on.
     */
    durationMinutes: integer("duration_minutes"),
    endsAt: instant("ends_at"),
    decisionId: uuid("decision_id"),
    planHash: text("plan_hash"),
    /** Redacted plans by grain name. */
    plan: jsonb("plan").$type<Record<string, unknown>>(),
    /** `Estimate` of server/cost. */
    estimate: jsonb("estimate").$type<unknown>(),
    /** Whether the estimate is only the known part: usage or a missing price lies above it. Kept, since lists ask it of every row. */
    estimateIsOpen: boolean("estimate_is_open")
      .notNull()
      .generatedAlwaysAs(sql`coalesce(estimate #> '{total,upper}' = 'null'::jsonb, false)`),
    monthlyEstimate: numeric("monthly_estimate"),
    hourlyCost: numeric("hourly_cost"),
    leftovers: jsonb("leftovers").$type<{ address: string; reason: string }[]>().notNull().default(sql`'[]'::jsonb`),
    driftState: text("drift_state", { enum: ["unknown", "clean", "drifted"] })
      .notNull()
      .default("unknown"),
    driftCheckedAt: instant("drift_checked_at"),
    createdAt: instant("created_at").notNull(),
    activeAt: instant("active_at"),
    endedAt: instant("ended_at"),
  },
  (table) => [
    uniqueIndex("environments_number").on(table.number),
    index("environments_space_created").on(table.spaceId, table.createdAt.desc(), table.id.desc()),
    index("environments_space_state").on(table.spaceId, table.state),
    index("environments_owner").on(table.ownerId, table.state),
    index("environments_due").on(table.state, table.endsAt),
    index("environments_blueprint").on(table.spaceId, table.blueprintName, table.createdAt),
  ],
);

/** Each change of state, with the cost rate that held from then on; reports and accrual read it. */
export const environmentTransitions = pgTable(
  "environment_transitions",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    environmentId: uuid("environment_id").notNull(),
    spaceId: uuid("space_id").notNull(),
    event: text("event").notNull(),
    fromState: text("from_state").$type<EnvironmentState>(),
    toState: text("to_state").$type<EnvironmentState>().notNull(),
    /** Cost per hour from this moment; 0 while nothing is billed, null while unknown. */
    hourlyCost: numeric("hourly_cost"),
    actor: jsonb("actor").$type<ActorRecord>().notNull(),
    at: instant("at").notNull(),
  },
  (table) => [
    index("environment_transitions_environment").on(table.environmentId, table.at),
    index("environment_transitions_space").on(table.spaceId, table.at),
  ],
);

export const resourceStates = [
  "intended",
  "created",
  "drifted",
  "destroying",
  "destroyed",
  "leftover",
  "suspect",
] as const;

/** What a grain made, as last seen: the inventory that teardown must bring to nothing. */
export const resources = pgTable(
  "resources",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    environmentId: uuid("environment_id").notNull(),
    grain: text("grain").notNull(),
    address: text("address").notNull(),
    type: text("type").notNull(),
    name: text("name").notNull(),
    cloudId: text("cloud_id"),
    region: text("region"),
    state: text("state", { enum: resourceStates }).notNull(),
    simulated: boolean("simulated").notNull(),
    attributes: jsonb("attributes").$type<Record<string, unknown>>().notNull().default(sql`'{}'::jsonb`),
    drift: jsonb("drift").$type<{ field: string; expected: unknown; actual: unknown; seenAt: string }[]>(),
    attempt: integer("attempt").notNull().default(1),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [uniqueIndex("resources_address").on(table.environmentId, table.grain, table.address)],
);

/** The simulator's cloud: its own ledger of what exists, apart from what the portal believes. */
export const simulatedResources = pgTable(
  "simulated_resources",
  {
    id: text("id").primaryKey(),
    environmentId: uuid("environment_id").notNull(),
    grain: text("grain").notNull(),
    address: text("address").notNull(),
    type: text("type").notNull(),
    attributes: jsonb("attributes").$type<Record<string, unknown>>().notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [uniqueIndex("simulated_resources_address").on(table.environmentId, table.grain, table.address)],
);

export const launchOutcomes = ["succeeded", "failed", "denied", "rejected", "withdrawn", "waiting"] as const;
export type LaunchOutcome = (typeof launchOutcomes)[number];

/** What became of a launch. An environment that was ever active succeeded, whatever became of it later. */
export const launchOutcome = sql<LaunchOutcome>`case
  when ${environments.activeAt} is not null then 'succeeded'
  when ${environments.state} in ('denied', 'rejected', 'withdrawn') then ${environments.state}
  when ${environments.state} in ('awaiting_approval', 'queued', 'launching') then 'waiting'
  else 'failed' end`;
