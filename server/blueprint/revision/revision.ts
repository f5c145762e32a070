import { createHash } from "node:crypto";
import { blueprintRevisions, type RevisionState } from "#db/schema/blueprint.ts";
import type { ActorRecord } from "#server/actor.ts";
import type { Blueprint } from "#server/blueprint/blueprint.ts";

/** One immutable version of a blueprint, with what happened to it. */
export type Revision = {
  id: string;
  spaceId: string | null;
  blueprintName: string;
  digest: string;
  state: RevisionState;
  author: ActorRecord;
  reviewer: ActorRecord | null;
  reviewNote: string | null;
  createdAt: Date;
  reviewedAt: Date | null;
};

/** A revision with everything needed to plan and run it. */
export type FullRevision = Revision & { blueprint: Blueprint; files: Record<string, string> };

export const revisionColumns = {
  id: blueprintRevisions.id,
  spaceId: blueprintRevisions.spaceId,
  blueprintName: blueprintRevisions.blueprintName,
  digest: blueprintRevisions.digest,
  state: blueprintRevisions.state,
  author: blueprintRevisions.author,
  reviewer: blueprintRevisions.reviewer,
  reviewNote: blueprintRevisions.reviewNote,
  createdAt: blueprintRevisions.createdAt,
  reviewedAt: blueprintRevisions.reviewedAt,
};

/** sha256 over paths and contents, in the order of the paths. */
export function digestFiles(files: Readonly<Record<string, string>>): string {
  const entries = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(entries)).digest("hex");
}

/** Everybody who had a hand in it: the author and, for an automation, the person it acted for. */
export function handsOf(record: ActorRecord): string[] {
  return record.onBehalfOf ? [record.id, record.onBehalfOf] : [record.id];
}
