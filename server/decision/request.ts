import type { Actor } from "#server/actor.ts";
import type { Blueprint, InputKind } from "#server/blueprint/blueprint.ts";
import type { Estimate } from "#server/cost/cost.ts";
import type { Plan } from "#server/plan/plan.ts";
import type { EvidenceByField } from "./evidence.ts";

/** Who an environment belongs to, as policies see it. */
export type Owner = { id: string; email: string; name: string; groups: readonly string[]; roles: readonly string[] };

/** The revision that would run, with all its files. */
export type RevisionToRun = {
  id: string;
  digest: string;
  blueprint: Blueprint;
  files: Record<string, string>;
  createdAt: Date;
};

/** A launch as asked for, before anything was computed. */
export type LaunchRequest = {
  spaceId: string;
  /** Its name in addresses, and the tags that everything made in it carries. */
  space: { slug: string; tags: Record<string, string> };
  /** Set when the environment exists already, so that it is not counted twice. */
  environmentId?: string;
  revision: RevisionToRun;
  name: string;
  inputs: Record<string, string>;
  /** Values of sensitive inputs: planned with, hashed under a key, never stored or shown. */
  sensitiveInputs: Record<string, string>;
  /** Null runs until somebody ends it. */
  durationMinutes: number | null;
  owner: Owner;
  requestedBy: Actor;
  evidence: EvidenceByField;
  /** The estimate it was asked with, where it was: what a connected price source said then still holds. */
  pricedAs?: Estimate;
};

/** One problem with one field of a draft. */
export type FieldProblem = { field: string; message: string; remedy: string };

/** Where an input with a known meaning stands, and its value: what lets one policy judge every blueprint's region. */
export type Slots = Partial<Record<InputKind, { field: string; value: string }[]>>;

/** A checked, planned and priced request: all that a decision needs, save what other people do meanwhile. */
export type PreparedRequest = {
  request: LaunchRequest;
  /** Inputs with defaults filled in, sensitive ones left out. */
  values: Record<string, string>;
  slots: Slots;
  /** Plans by grain name, sensitive values removed. */
  plans: Record<string, Plan>;
  estimate: Estimate;
  /** Digest of each part of the plan hash that is known before policies are read. */
  parts: Record<string, string>;
  timing: Record<string, number>;
};
