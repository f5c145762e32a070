import { randomUUID } from "node:crypto";
import { and, asc, eq } from "drizzle-orm";
import { z } from "zod";
import { secrets } from "#db/schema/space.ts";
import { diffFields } from "#server/audit/audit-event.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import { wasLastAct } from "#server/audit/was-last-act.ts";
import { requirePermission } from "#server/auth/permissions.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import { notifyChange } from "#server/job/notify-change.ts";
import { seal, unseal } from "#server/secret/seal.ts";
import { isConnectionKind, isReserved } from "./connection-fields.ts";

export const SecretName = z
  .string()
  .trim()
  .regex(/^[A-Za-z][\w.-]{0,63}$/, "Up to 64 letters, digits and . _ -, beginning with a letter.");
const Parts = z
  .record(z.string().regex(/^[\w.-]{1,64}$/), z.string().max(32_768))
  .refine((parts) => Object.keys(parts).length <= 40, "At most 40 parts.");

export const SaveSecretInput = z.object({
  spaceId: z.uuid(),
  name: SecretName,
  /** What it is for: parameter, kubernetes, git, … */
  kind: z.string().trim().min(1).max(40),
  /** The secret parts. They can be replaced, and never read again from outside. */
  value: Parts.refine((parts) => Object.keys(parts).length > 0, "Give at least one part."),
  /** What may be shown: endpoint, account, region. */
  publicPart: Parts.default({}),
});

export type SecretView = Pick<typeof secrets.$inferSelect, "id" | "name" | "kind" | "publicPart" | "updatedAt">;

const view = {
  id: secrets.id,
  name: secrets.name,
  kind: secrets.kind,
  publicPart: secrets.publicPart,
  updatedAt: secrets.updatedAt,
} as const;

/** Where a sealed secret is bound to. */
export const secretPlace = (rowId: string, spaceId: string) => ({ table: "secrets", rowId, field: "sealed", spaceId });
const named = (spaceId: string, name: string) => and(eq(secrets.spaceId, spaceId), eq(secrets.name, name));

/** Creates a secret of the space, or replaces what it holds. Cloud connections have a verb of their own, with more rules. */
export async function saveSecret(ctx: Context, input: z.input<typeof SaveSecretInput>): Promise<SecretView> {
  requirePermission(ctx.actor, "secret.edit", input.spaceId);
  const { spaceId, name, kind, value } = SaveSecretInput.parse(input);
  const taken = Object.keys(value).find(isReserved);
  if (taken) throw new Problem("bad_input", `${taken} is set by Gantry itself.`, { place: { path: "value" } });
  return inTransaction(ctx, async (tx) => {
    const [before] = await tx.db.select({ kind: secrets.kind }).from(secrets).where(named(spaceId, name)).for("update");
    if ([kind, before?.kind ?? ""].some(isConnectionKind))
      throw new Problem("conflict", `"${name}" is a cloud connection, which is not saved as a plain secret.`, {
        place: { path: before ? "name" : "kind" },
        remedy: "Save it as a connection: connection.save, or Settings, Cloud connections.",
      });
    return writeSecret(tx, input);
  });
}

/** Stores a secret as it is: for verbs that have asked and checked. */
export async function writeSecret(ctx: Context, input: z.input<typeof SaveSecretInput>): Promise<SecretView> {
  const { spaceId, name, kind, value, publicPart } = SaveSecretInput.parse(input);
  return inTransaction(ctx, async (tx) => {
    const now = tx.clock.now();
    const [before] = await tx.db.select().from(secrets).where(named(spaceId, name)).for("update");
    const id = before?.id ?? randomUUID();
    const fields = { kind, publicPart, sealed: seal(JSON.stringify(value), secretPlace(id, spaceId)), updatedAt: now };
    const [saved] = before
      ? await tx.db
          .update(secrets)
          .set({ ...fields, updatedById: tx.actor.id })
          .where(eq(secrets.id, id))
          .returning(view)
      : await tx.db
          .insert(secrets)
          .values({ ...fields, id, spaceId, name, createdById: tx.actor.id, createdAt: now })
          .onConflictDoNothing()
          .returning(view);
    if (!saved) throw new Problem("conflict", `The secret "${name}" was created meanwhile. Reload and try again.`);
    const object = { type: "secret", id, name };
    if (before) {
      const changes = diffFields(before.publicPart, publicPart);
      await recordEvent(tx, { action: "secret.changed", spaceId, object, data: { kind, changes } });
    } else await recordEvent(tx, { action: "secret.created", spaceId, object, data: { kind } });
    await notifyChange(tx, { topic: "space", id: spaceId, spaceId });
    return saved;
  });
}

export const ListSecretsInput = z.object({ spaceId: z.uuid() });

/** Names, kinds and public parts, by name. */
export async function listSecrets(ctx: Context, input: z.input<typeof ListSecretsInput>): Promise<SecretView[]> {
  requirePermission(ctx.actor, "space.read", input.spaceId);
  const ofSpace = eq(secrets.spaceId, input.spaceId);
  return ctx.db.select(view).from(secrets).where(ofSpace).orderBy(asc(secrets.name)).limit(1000);
}

export const DeleteSecretInput = z.object({ spaceId: z.uuid(), name: SecretName });

/** Deletes a secret. Asked again by the same person, nothing happens. */
export async function deleteSecret(ctx: Context, input: z.input<typeof DeleteSecretInput>): Promise<void> {
  requirePermission(ctx.actor, "secret.edit", input.spaceId);
  const { spaceId, name } = DeleteSecretInput.parse(input);
  return inTransaction(ctx, async (tx) => {
    const [gone] = await tx.db.delete(secrets).where(named(spaceId, name)).returning(view);
    if (!gone) {
      const among = ["secret.created", "secret.changed", "secret.deleted"] as const;
      if (await wasLastAct(tx, { spaceId, object: { type: "secret", name }, action: "secret.deleted", among })) return;
      throw new Problem("not_found", `There is no secret "${name}" in this space.`);
    }
    const object = { type: "secret", id: gone.id, name };
    await recordEvent(tx, { action: "secret.deleted", spaceId, object, data: { kind: gone.kind } });
    await notifyChange(tx, { topic: "space", id: spaceId, spaceId });
  });
}

/** The parts of a secret in clear, for the worker's hands only: no door may call this. */
export async function openSecret(
  ctx: Pick<Context, "db">,
  { spaceId, name }: { spaceId: string; name: string },
): Promise<Record<string, string>> {
  const [row] = await ctx.db.select().from(secrets).where(named(spaceId, name));
  if (!row)
    throw new Problem("not_found", `There is no secret "${name}" in this space.`, {
      remedy: "An admin of the space can add it in Settings, Cloud connections.",
    });
  return JSON.parse(unseal(row.sealed, secretPlace(row.id, spaceId))) as Record<string, string>;
}

/** Writes down that a step got the secret, and for which environment. */
export async function noteUse(
  ctx: Pick<Context, "db" | "clock">,
  use: { spaceId: string; name: string; environment: string },
): Promise<void> {
  const used = { lastUsedAt: ctx.clock.now(), lastUsedFor: use.environment };
  await ctx.db.update(secrets).set(used).where(named(use.spaceId, use.name));
}
