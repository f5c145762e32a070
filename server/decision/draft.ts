import { and, desc, eq } from "drizzle-orm";
import { z } from "zod";
import { drafts } from "#db/schema/draft.ts";
import { can, requirePermission } from "#server/auth/permissions.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import { notifyChange } from "#server/job/notify-change.ts";
import { seal, unseal } from "#server/secret/seal.ts";
import type { EvidenceByField } from "./evidence.ts";
import { fillKnown } from "./fill-known.ts";
import { findOfferedRevision } from "./launch-request.ts";

/** A draft as its owner sees it: sensitive inputs by name only. */
export type Draft = Omit<typeof drafts.$inferSelect, "sealedInputs" | "evidence"> & {
  evidence: EvidenceByField;
  /** Names of sensitive inputs that are set. */
  setSecrets: string[];
};
export type DraftRow = typeof drafts.$inferSelect;

const text = (longest: number) => z.string().max(longest);

export const DraftChanges = z.object({
  blueprintName: text(200).nullable().optional(),
  name: text(80).optional(),
  /** Null takes a value away, so that the default holds again. */
  inputs: z.record(text(200), text(65_536).nullable()).optional(),
  /** Null forgets the value. */
  sensitive: z.record(text(200), text(65_536).nullable()).optional(),
  durationMinutes: z.number().int().min(1).max(5_256_000).nullable().optional(),
});
export type DraftChanges = z.infer<typeof DraftChanges>;

export const DraftIdInput = z.object({ id: z.uuid() });
export const EditDraftInput = z.object({ id: z.uuid(), version: z.number().int().min(1), changes: DraftChanges });
export const CreateDraftInput = z.object({ spaceId: z.uuid(), changes: DraftChanges.default({}) });

/** Where the sealed inputs of a draft are bound to. */
export function draftPlace(draft: Pick<DraftRow, "id" | "spaceId">) {
  return { table: "drafts", rowId: draft.id, field: "sealed_inputs", spaceId: draft.spaceId };
}

/** Sensitive inputs in clear: for planning and launching, never for a page or a model. */
export function openDraftSecrets(draft: DraftRow): Record<string, string> {
  return draft.sealedInputs ? JSON.parse(unseal(draft.sealedInputs, draftPlace(draft))) : {};
}

export function shownDraft(row: DraftRow): Draft {
  const { sealedInputs: _sealed, evidence, ...shown } = row;
  return { ...shown, evidence: evidence as EvidenceByField, setSecrets: Object.keys(openDraftSecrets(row)).sort() };
}

/** The draft if it is the actor's own, or shared inside a space he may launch in. */
export async function findDraftRow(ctx: Context, id: string, lock = false): Promise<DraftRow> {
  const query = ctx.db.select().from(drafts).where(eq(drafts.id, id));
  const [row] = await (lock ? query.for("update") : query);
  if (!row || !can(ctx.actor, "draft.edit", row.spaceId))
    throw new Problem("not_found", "There is no such draft, or you cannot see it.");
  return row;
}

/** The same for a change: only its owner edits or launches a draft; others read along. */
export async function findOwnDraftRow(ctx: Context, id: string, lock = false): Promise<DraftRow> {
  const row = await findDraftRow(ctx, id, lock);
  if (row.ownerId !== ctx.actor.id)
    throw new Problem("forbidden", "This draft belongs to somebody else; start one of your own.");
  return row;
}

export async function findDraft(ctx: Context, input: z.infer<typeof DraftIdInput>): Promise<Draft> {
  return shownDraft(await findDraftRow(ctx, input.id));
}

/** The actor's open drafts in a space, newest first. */
export async function listDrafts(ctx: Context, input: { spaceId: string }): Promise<Draft[]> {
  requirePermission(ctx.actor, "draft.edit", input.spaceId);
  const mine = and(eq(drafts.ownerId, ctx.actor.id), eq(drafts.spaceId, input.spaceId), eq(drafts.state, "open"));
  const rows = await ctx.db.select().from(drafts).where(mine).orderBy(desc(drafts.updatedAt)).limit(50);
  return rows.map(shownDraft);
}

export function createDraft(ctx: Context, input: z.infer<typeof CreateDraftInput>): Promise<Draft> {
  requirePermission(ctx.actor, "draft.edit", input.spaceId);
  return inTransaction(ctx, async (tx) => {
    const now = tx.clock.now();
    const [row] = await tx.db
      .insert(drafts)
      .values({ spaceId: input.spaceId, ownerId: tx.actor.id, createdAt: now, updatedAt: now })
      .returning();
    return shownDraft(await saveChanges(tx, row!, await changedBy(tx, row!, input.changes)));
  });
}

type Columns = Partial<
  Pick<
    DraftRow,
    | "blueprintName"
    | "revisionId"
    | "name"
    | "inputs"
    | "sealedInputs"
    | "durationMinutes"
    | "evidence"
    | "prompt"
    | "questions"
    | "attempts"
  >
>;

/** Writes a draft's new columns and counts the edit. */
export async function saveChanges(tx: Context, draft: DraftRow, columns: Columns): Promise<DraftRow> {
  const [row] = await tx.db
    .update(drafts)
    .set({ ...columns, version: draft.version + 1, updatedAt: tx.clock.now() })
    .where(and(eq(drafts.id, draft.id), eq(drafts.version, draft.version), eq(drafts.state, "open")))
    .returning();
  if (!row) throw new Problem("conflict", "The draft was changed elsewhere, or was sent off. Reload it.");
  await notifyChange(tx, { topic: "draft", id: row.id, spaceId: row.spaceId });
  return row;
}

function merged(before: Record<string, string>, changes: Record<string, string | null> = {}): Record<string, string> {
  const after = { ...before };
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete after[name];
    else after[name] = value;
  }
  return after;
}

/** A chosen blueprint starts from its own defaults; what belonged to another one is dropped, not carried along hidden. */
async function chooseBlueprint(tx: Context, draft: DraftRow, name: string | null): Promise<Columns> {
  if (name === null) return { blueprintName: null, revisionId: null, inputs: {}, sealedInputs: null, evidence: {} };
  const revision = await findOfferedRevision(tx, { spaceId: draft.spaceId, blueprintName: name });
  const kept: EvidenceByField = { blueprint: { source: "user_edit" }, duration: { source: "blueprint_default" } };
  const known = await fillKnown(tx, draft.spaceId, revision.blueprint);
  const durationMinutes = revision.blueprint.duration.defaultMinutes;
  for (const [input, { evidence }] of Object.entries(known)) kept[`inputs.${input}`] = evidence;
  const inputs = Object.fromEntries(Object.entries(known).map(([input, { value }]) => [input, value]));
  return {
    blueprintName: name,
    revisionId: revision.id,
    inputs,
    sealedInputs: null,
    evidence: kept,
    durationMinutes,
  };
}

/** The columns that a person's edit changes. Whatever a person sets is his: the assistant never touches it again. */
export async function changedBy(tx: Context, draft: DraftRow, changes: DraftChanges): Promise<Columns> {
  const chosen =
    changes.blueprintName === undefined || changes.blueprintName === draft.blueprintName
      ? {}
      : await chooseBlueprint(tx, draft, changes.blueprintName);
  const base = { ...draft, ...chosen };
  const evidence = { ...(base.evidence as EvidenceByField) };
  const columns: Columns = { ...chosen };
  if (changes.name !== undefined) {
    columns.name = changes.name;
    evidence.name = { source: "user_edit" };
  }
  if (changes.durationMinutes !== undefined) {
    columns.durationMinutes = changes.durationMinutes;
    evidence.duration = { source: "user_edit" };
  }
  if (changes.inputs) {
    columns.inputs = merged(base.inputs, changes.inputs);
    for (const [name, value] of Object.entries(changes.inputs))
      evidence[`inputs.${name}`] = { source: value === null ? "blueprint_default" : "user_edit" };
  }
  if (changes.sensitive) {
    const secrets = merged(chosen.sealedInputs === null ? {} : openDraftSecrets(draft), changes.sensitive);
    columns.sealedInputs = Object.keys(secrets).length > 0 ? seal(JSON.stringify(secrets), draftPlace(draft)) : null;
  }
  return { ...columns, evidence };
}

/** Applies a person's edit; refused when somebody, or another device, edited since. */
export function editDraft(ctx: Context, input: z.infer<typeof EditDraftInput>): Promise<Draft> {
  return inTransaction(ctx, async (tx) => {
    const draft = await findOwnDraftRow(tx, input.id, true);
    if (draft.version !== input.version)
      throw new Problem("conflict", "The draft was changed elsewhere. Reload it.", {
        details: { version: draft.version },
      });
    return shownDraft(await saveChanges(tx, draft, await changedBy(tx, draft, input.changes)));
  });
}

export const ConfirmInput = z.object({ id: z.uuid(), field: z.string().max(220) });

/** A person looked at an assumed value and stands by it. */
export function confirmAssumption(ctx: Context, input: z.infer<typeof ConfirmInput>): Promise<Draft> {
  if (ctx.actor.kind !== "person") throw new Problem("forbidden", "Only a person confirms an assumption.");
  return inTransaction(ctx, async (tx) => {
    const draft = await findOwnDraftRow(tx, input.id, true);
    const evidence = draft.evidence as EvidenceByField;
    const assumed = evidence[input.field];
    if (assumed?.source !== "assumption")
      throw new Problem("bad_input", `${input.field} is not an assumption.`, { place: { path: input.field } });
    const confirmed = { ...assumed, confirmedAt: tx.clock.now().toISOString() };
    return shownDraft(await saveChanges(tx, draft, { evidence: { ...evidence, [input.field]: confirmed } }));
  });
}

export async function discardDraft(ctx: Context, input: z.infer<typeof DraftIdInput>): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const draft = await findOwnDraftRow(tx, input.id, true);
    await tx.db
      .update(drafts)
      .set({ state: "discarded", sealedInputs: null, updatedAt: tx.clock.now() })
      .where(eq(drafts.id, draft.id));
    await notifyChange(tx, { topic: "draft", id: draft.id, spaceId: draft.spaceId });
  });
}
