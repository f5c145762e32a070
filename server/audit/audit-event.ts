import type { Role } from "#server/actor.ts";

/** What may stand in an event's data: plain values, so that the record has one canonical form. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** Field name to its value before and after; see `diffFields`. */
export type Changes = Record<string, { before: Json; after: Json }>;

export const outcomes = ["success", "denied", "failed"] as const;
export type Outcome = (typeof outcomes)[number];

export type SignInMethod = "password" | "oidc" | "demo" | "setup_link";

/** Every action and what its event says beside who, when and on what. Secrets have no place in any of them. */
export type AuditData = {
  "session.signed_in": { method: SignInMethod; sessionId?: string };
  "session.sign_in_failed": { method: SignInMethod; reason: string };
  "session.signed_out": { sessionId?: string; everywhere?: boolean };

  "person.created": { email: string; kind: "person" | "automation"; demo?: boolean; onBehalfOf?: string };
  "person.changed": { changes: Changes; reason?: string };
  "person.disabled": { reason?: string };
  "person.enabled": { reason?: string };
  "membership.changed": { person: string; before: readonly Role[]; after: readonly Role[]; source?: string };

  "space.created": { slug: string };
  "space.changed": { changes: Changes };

  "blueprint.revision_created": { digest: string; revisionId?: string; problems?: number };
  "blueprint.reviewed": { digest: string; revisionId?: string; verdict: "reviewed" | "rejected"; note?: string };
  "blueprint.published": { digest: string; revisionId?: string; replacedRevisionId?: string | null };
  "blueprint.unpublished": { digest?: string; revisionId?: string };

  "draft.submitted": { blueprint: string; environmentId?: string; [more: string]: Json | undefined };
  "assistant.proposed": { [more: string]: Json | undefined };
  "assistant.attempted": { attempt: number; [more: string]: Json | undefined };

  "decision.made": { word: "Approved" | "Manual" | "Denied"; decisionId: string; [more: string]: Json | undefined };

  "environment.requested": { blueprint: string; [more: string]: Json | undefined };
  "environment.denied": { decisionId?: string; reason?: string; [more: string]: Json | undefined };
  "environment.moved": { event: string; from: string | null; to: string; [more: string]: Json | undefined };
  "environment.extended": { before: string | null; after: string | null; [more: string]: Json | undefined };
  "environment.extension_requested": { before: string | null; after: string | null; [more: string]: Json | undefined };
  "environment.terminate_requested": { reason?: string; [more: string]: Json | undefined };
  "environment.forgotten": { reason: string; leftovers: readonly string[]; [more: string]: Json | undefined };
  "environment.secret_read": { output: string };
  "environment.drift_accepted": { fields: readonly string[]; reason: string; [more: string]: Json | undefined };
  /** Its real plan costs something else than what was foreseen; USD a month, null while unknown. */
  "environment.repriced": { grain: string; before: string | null; after: string | null };
  "environment.drift_found": { resources: readonly string[]; [more: string]: Json | undefined };

  "approval.opened": { planHash: string; requiredApprovals: number; [more: string]: Json | undefined };
  "approval.voted": {
    vote: "approve" | "reject";
    reason?: string;
    planHash?: string;
    [more: string]: Json | undefined;
  };
  "approval.settled": {
    state: "approved" | "rejected" | "expired" | "superseded" | "withdrawn";
    cause: string;
    [more: string]: Json | undefined;
  };

  "policy.enabled": { version: number; digest?: string; reason?: string };
  "policy.disabled": { version: number; reason?: string };
  "policy.data_changed": { version: number; changes: Changes; reason?: string };

  "run.started": { kind: string; attempt: number; [more: string]: Json | undefined };
  "run.finished": { kind: string; state: string; [more: string]: Json | undefined };
  "run.step_failed": { grain: string; verb?: string; error: string; [more: string]: Json | undefined };
  "job.failed": { kind: string; attempts: number; error: string; [more: string]: Json | undefined };

  "secret.created": { kind: string };
  "secret.changed": { kind: string; changes?: Changes };
  "secret.deleted": { kind: string };

  "orphan.found": { address?: string; reason?: string; [more: string]: Json | undefined };
  "orphan.destroyed": { address?: string; [more: string]: Json | undefined };

  "authorization.refused": { permission: string; times: number; message?: string };
  "audit.exported": { format: "jsonl" | "csv"; search: string; from: number; to: number };
  "audit.checkpoint_key_created": { keyId: string; publicKey: string };
  "master_key.rotated": { keyId: string; resealed: number; left: number; dropped: boolean };
  "demo.switched_off": { disabled: number };
  "settings.changed": { changes: Changes };
};

export type AuditAction = keyof AuditData;

const knownActions = {
  "session.signed_in": true,
  "session.sign_in_failed": true,
  "session.signed_out": true,
  "person.created": true,
  "person.changed": true,
  "person.disabled": true,
  "person.enabled": true,
  "membership.changed": true,
  "space.created": true,
  "space.changed": true,
  "blueprint.revision_created": true,
  "blueprint.reviewed": true,
  "blueprint.published": true,
  "blueprint.unpublished": true,
  "draft.submitted": true,
  "assistant.proposed": true,
  "assistant.attempted": true,
  "decision.made": true,
  "environment.requested": true,
  "environment.denied": true,
  "environment.moved": true,
  "environment.extended": true,
  "environment.extension_requested": true,
  "environment.terminate_requested": true,
  "environment.forgotten": true,
  "environment.secret_read": true,
  "environment.repriced": true,
  "environment.drift_found": true,
  "environment.drift_accepted": true,
  "approval.opened": true,
  "approval.voted": true,
  "approval.settled": true,
  "policy.enabled": true,
  "policy.disabled": true,
  "policy.data_changed": true,
  "run.started": true,
  "run.finished": true,
  "run.step_failed": true,
  "job.failed": true,
  "secret.created": true,
  "secret.changed": true,
  "secret.deleted": true,
  "orphan.found": true,
  "orphan.destroyed": true,
  "authorization.refused": true,
  "audit.exported": true,
  "audit.checkpoint_key_created": true,
  "master_key.rotated": true,
  "demo.switched_off": true,
  "settings.changed": true,
} as const satisfies Record<AuditAction, true>;

/** All actions, as the search line knows them; a new one does not compile until it stands here. */
export const auditActions = Object.keys(knownActions) as AuditAction[];

/** What an event is about: `type` a word of the product (environment, policy, person, …), `name` as people know it. */
export type AuditObject = { type: string; id: string; name: string };

/** One thing that happened. `spaceId` null: it concerns the account as a whole. */
export type AuditEvent = {
  [Action in AuditAction]: {
    action: Action;
    spaceId: string | null;
    object: AuditObject;
    /** "success" unless said otherwise. */
    outcome?: Outcome;
    data: AuditData[Action];
  };
}[AuditAction];

/** The fields that differ, each with both values. */
export function diffFields(before: Readonly<Record<string, Json>>, after: Readonly<Record<string, Json>>): Changes {
  const changes: Changes = {};
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const change = { before: before[field] ?? null, after: after[field] ?? null };
    if (JSON.stringify(change.before) !== JSON.stringify(change.after)) changes[field] = change;
  }
  return changes;
}
