import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { ActorRecord } from "#server/actor.ts";
import { instant } from "./columns.ts";

export const runKinds = ["launch", "update", "terminate", "drift", "restore", "accept"] as const;
export type RunKind = (typeof runKinds)[number];
export const runStates = ["queued", "running", "succeeded", "failed", "cancelled", "lost"] as const;
export type RunState = (typeof runStates)[number];
export const stepStates = ["waiting", "running", "succeeded", "failed", "skipped", "cancelled"] as const;
export type StepState = (typeof stepStates)[number];

/** One execution. A retry is a new attempt with steps of its own; the old ones stay. */
export const runs = pgTable(
  "runs",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    environmentId: uuid("environment_id").notNull(),
    spaceId: uuid("space_id").notNull(),
    blueprintName: text("blueprint_name").notNull(),
    kind: text("kind", { enum: runKinds }).notNull(),
    state: text("state", { enum: runStates }).notNull(),
    attempt: integer("attempt").notNull(),
    jobId: bigint("job_id", { mode: "number" }),
    startedBy: jsonb("started_by").$type<ActorRecord>().notNull(),
    error: text("error"),
    cancelRequestedAt: instant("cancel_requested_at"),
    createdAt: instant("created_at").notNull(),
    startedAt: instant("started_at"),
    finishedAt: instant("finished_at"),
    heartbeatAt: instant("heartbeat_at"),
  },
  (table) => [
    index("runs_environment").on(table.environmentId, table.createdAt),
    index("runs_history").on(table.blueprintName, table.kind, table.state, table.finishedAt),
  ],
);

/** One grain's part of a run. */
export const runSteps = pgTable(
  "run_steps",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    runId: uuid("run_id").notNull(),
    environmentId: uuid("environment_id").notNull(),
    grain: text("grain").notNull(),
    verb: text("verb", { enum: ["plan", "apply", "destroy", "verify", "drift", "accept"] }).notNull(),
    position: integer("position").notNull(),
    state: text("state", { enum: stepStates }).notNull(),
    attempt: integer("attempt").notNull(),
    summary: text("summary").notNull().default(""),
    error: text("error"),
    /** Done and total parts (resources, commands) while it runs. */
    progress: jsonb("progress").$type<{ done: number; total: number; label: string }>(),
    startedAt: instant("started_at"),
    finishedAt: instant("finished_at"),
  },
  (table) => [uniqueIndex("run_steps_position").on(table.runId, table.position)],
);

/** What a grain gave when it was last applied: later grains, destroy and drift read it. */
export const grainOutputs = pgTable(
  "grain_outputs",
  {
    environmentId: uuid("environment_id").notNull(),
    grain: text("grain").notNull(),
    outputs: jsonb("outputs").$type<Record<string, string>>().notNull(),
    /** The sensitive ones, sealed together. */
    sealedOutputs: text("sealed_outputs"),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.environmentId, table.grain] })],
);

export const logLines = pgTable(
  "log_lines",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    environmentId: uuid("environment_id").notNull(),
    runId: uuid("run_id").notNull(),
    stepId: uuid("step_id"),
    level: text("level", { enum: ["debug", "info", "warn", "error"] }).notNull(),
    text: text("text").notNull(),
    at: instant("at").notNull(),
  },
  (table) => [
    index("log_lines_environment").on(table.environmentId, table.id),
    index("log_lines_run").on(table.runId, table.id),
  ],
);

export const jobStates = ["ready", "active", "done", "failed"] as const;

/** The queue: leased jobs, fenced by `token`. Times are the database's own. */
export const jobs = pgTable(
  "jobs",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    kind: text("kind").notNull(),
    /** Jobs of one key run one at a time. */
    key: text("key"),
    payload: jsonb("payload").$type<Record<string, unknown>>().notNull().default(sql`'{}'::jsonb`),
    state: text("state", { enum: jobStates }).notNull().default("ready"),
    runAt: instant("run_at").notNull().default(sql`now()`),
    attempts: integer("attempts").notNull().default(0),
    maxAttempts: integer("max_attempts").notNull().default(5),
    lockedBy: text("locked_by"),
    leaseUntil: instant("lease_until"),
    token: uuid("token"),
    lastError: text("last_error"),
    createdAt: instant("created_at").notNull().default(sql`now()`),
    finishedAt: instant("finished_at"),
  },
  (table) => [
    uniqueIndex("jobs_one_active_per_key").on(table.key).where(sql`state = 'active'`),
    index("jobs_claimable").on(table.runAt, table.id).where(sql`state in ('ready', 'active')`),
  ],
);

/** Worker processes, as they last said of themselves. */
export const workers = pgTable("workers", {
  id: text("id").primaryKey(),
  host: text("host").notNull(),
  pid: integer("pid").notNull(),
  concurrency: integer("concurrency").notNull(),
  /** Jobs it has in hand. */
  busy: integer("busy").notNull(),
  stopping: boolean("stopping").notNull().default(false),
  startedAt: instant("started_at").notNull().default(sql`now()`),
  seenAt: instant("seen_at").notNull().default(sql`now()`),
});

/** Times at which a schedule has fired; the primary key makes each firing happen once. */
export const scheduleSlots = pgTable(
  "schedule_slots",
  { name: text("name").notNull(), slot: instant("slot").notNull() },
  (table) => [primaryKey({ columns: [table.name, table.slot] })],
);

/** Terraform state of one grain, each version kept, encrypted. */
export const terraformStates = pgTable(
  "terraform_states",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    environmentId: uuid("environment_id").notNull(),
    grain: text("grain").notNull(),
    serial: bigint("serial", { mode: "number" }).notNull(),
    lineage: text("lineage").notNull(),
    sealed: text("sealed").notNull(),
    digest: text("digest").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [index("terraform_states_grain").on(table.environmentId, table.grain, table.id)],
);

export const terraformLocks = pgTable(
  "terraform_locks",
  {
    environmentId: uuid("environment_id").notNull(),
    grain: text("grain").notNull(),
    lockId: text("lock_id").notNull(),
    /** Token of the job that holds the lock: a lease that is lost loses the lock. */
    jobToken: uuid("job_token"),
    holder: jsonb("holder").$type<Record<string, unknown>>().notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.environmentId, table.grain] })],
);
