import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";
import { environments, occupyingStates } from "#db/schema/environment.ts";
import { people } from "#db/schema/person.ts";
import { secrets, spaces } from "#db/schema/space.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import { requirePermission } from "#server/auth/permissions.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { Problem } from "#server/errors.ts";
import { notifyChange } from "#server/job/notify-change.ts";
import { unseal } from "#server/secret/seal.ts";
import {
  ConnectionFields,
  type ConnectionKind,
  connectionKinds,
  isConnectionKind,
  toVariables,
} from "./connection-fields.ts";
import { deleteSecret, SecretName, secretPlace, writeSecret } from "./secrets.ts";

const named = (spaceId: string, name: string) => and(eq(secrets.spaceId, spaceId), eq(secrets.name, name));
const ofKinds = inArray(secrets.kind, [...connectionKinds]);

export const ListConnectionsInput = z.object({ spaceId: z.uuid() });

/** The space's connections by name, with who keeps them, when they were used and how many environments need them. */
export async function listConnections(ctx: Context, input: z.infer<typeof ListConnectionsInput>) {
  requirePermission(ctx.actor, "space.read", input.spaceId);
  const creator = alias(people, "creator");
  const updater = alias(people, "updater");
  const rows = await ctx.db
    .select({
      name: secrets.name,
      kind: secrets.kind,
      publicPart: secrets.publicPart,
      servesLaunches: secrets.servesLaunches,
      createdAt: secrets.createdAt,
      createdBy: creator.name,
      updatedAt: secrets.updatedAt,
      updatedBy: updater.name,
      lastUsedAt: secrets.lastUsedAt,
      lastUsedFor: secrets.lastUsedFor,
      environments: sql<number>`(select count(*)::int from ${environments} where ${usesIt})`,
    })
    .from(secrets)
    .leftJoin(creator, eq(creator.id, secrets.createdById))
    .leftJoin(updater, eq(updater.id, secrets.updatedById))
    .where(and(eq(secrets.spaceId, input.spaceId), ofKinds))
    .orderBy(asc(secrets.name))
    .limit(200);
  return rows.flatMap(({ kind, ...row }) => (isConnectionKind(kind) ? [{ ...row, kind }] : []));
}

/** Whether an environment that may hold something runs with the connection of the row. */
const usesIt = and(
  eq(environments.spaceId, secrets.spaceId),
  eq(environments.connection, secrets.name),
  inArray(environments.state, [...occupyingStates]),
);

export const SaveConnectionInput = z.object({
  spaceId: z.uuid(),
  name: SecretName,
  fields: ConnectionFields,
  /** An existing one is replaced only by who means to. */
  replaces: z.boolean().default(false),
});

/** Adds a connection, or replaces the credentials of one. The first of a cloud serves the launches for that cloud. */
export function saveConnection(ctx: Context, input: z.input<typeof SaveConnectionInput>): Promise<void> {
  requirePermission(ctx.actor, "secret.edit", input.spaceId);
  const { spaceId, name, fields, replaces } = SaveConnectionInput.parse(input);
  const { variables, publicPart } = toVariables(fields);
  return inTransaction(ctx, async (tx) => {
    await lockConnections(tx, spaceId);
    const before = await findConnection(tx, spaceId, name);
    if (before && !replaces && (await isAddedAgain(tx, before, { kind: fields.kind, variables }))) return;
    requireMeant(before, { name, replaces, kind: fields.kind });
    if (before && before.publicPart.endpoint !== publicPart.endpoint) await requireUnused(tx, before, "lead elsewhere");
    const others = and(eq(secrets.spaceId, spaceId), eq(secrets.kind, fields.kind), eq(secrets.servesLaunches, true));
    const isFirst = !before && fields.kind !== "variables" && (await tx.db.$count(secrets, others)) === 0;
    await writeSecret(tx, { spaceId, name, kind: fields.kind, value: variables, publicPart });
    if (isFirst) await tx.db.update(secrets).set({ servesLaunches: true }).where(named(spaceId, name));
  });
}

/** Which connection serves is a question about all of a space: of two that are added at once, one is the first. */
async function lockConnections(tx: Context, spaceId: string): Promise<void> {
  await tx.db.select({ id: spaces.id }).from(spaces).where(eq(spaces.id, spaceId)).for("no key update");
}

type ConnectionRow = { id: string; name: string; kind: string; publicPart: Record<string, string>; spaceId: string };

async function findConnection(tx: Context, spaceId: string, name: string): Promise<ConnectionRow | undefined> {
  const { id, kind, publicPart } = secrets;
  const columns = { id, name: secrets.name, kind, publicPart, spaceId: secrets.spaceId };
  const [row] = await tx.db.select(columns).from(secrets).where(named(spaceId, name)).for("update");
  return row;
}

/** Whether the actor added this very connection before, with these credentials: a repeat, as after a lost answer. */
async function isAddedAgain(
  tx: Context,
  before: ConnectionRow,
  wish: { kind: ConnectionKind; variables: Record<string, string> },
): Promise<boolean> {
  const columns = { sealed: secrets.sealed, createdById: secrets.createdById, updatedById: secrets.updatedById };
  const [row] = await tx.db.select(columns).from(secrets).where(eq(secrets.id, before.id));
  if (!row || before.kind !== wish.kind || row.createdById !== tx.actor.id || row.updatedById) return false;
  return unseal(row.sealed, secretPlace(before.id, before.spaceId)) === JSON.stringify(wish.variables);
}

function requireMeant(
  before: ConnectionRow | undefined,
  wish: { name: string; replaces: boolean; kind: ConnectionKind },
): void {
  const place = { path: "name" };
  if (!before && wish.replaces)
    throw new Problem("conflict", `The connection "${wish.name}" is gone. Reload and add it.`);
  if (before && !wish.replaces)
    throw new Problem("conflict", `The name "${wish.name}" is taken in this space.`, {
      place,
      remedy: "Take another name, or replace the credentials of the one that is there.",
    });
  if (before && before.kind !== wish.kind)
    throw new Problem("conflict", `"${wish.name}" is of another kind (${before.kind}).`, {
      place,
      remedy: "Add a connection with another name.",
    });
}

/** What an environment made can be seen and destroyed with the same account only. */
async function requireUnused(tx: Context, connection: ConnectionRow, what: string): Promise<void> {
  const live = and(
    eq(environments.spaceId, connection.spaceId),
    eq(environments.connection, connection.name),
    inArray(environments.state, [...occupyingStates]),
  );
  const count = await tx.db.$count(environments, live);
  if (count > 0)
    throw new Problem(
      "conflict",
      `${count === 1 ? "An environment runs" : `${count} environments run`} with "${connection.name}", so it cannot ${what}.`,
      { remedy: "Terminate what runs with it first, or add another connection." },
    );
}

export const ConnectionNameInput = z.object({ spaceId: z.uuid(), name: SecretName });

/** Removes a connection that nothing runs with. */
export function removeConnection(ctx: Context, input: z.input<typeof ConnectionNameInput>): Promise<void> {
  requirePermission(ctx.actor, "secret.edit", input.spaceId);
  return inTransaction(ctx, async (tx) => {
    const connection = await findConnection(tx, input.spaceId, input.name);
    if (connection) await requireUnused(tx, connection, "be removed");
    await deleteSecret(tx, input);
  });
}

export const ServeLaunchesInput = ConnectionNameInput.extend({ serves: z.boolean() });

/** Has new launches for a cloud run with this connection, instead of any other; or, without any, in the simulator. */
export function serveLaunches(ctx: Context, input: z.input<typeof ServeLaunchesInput>): Promise<void> {
  requirePermission(ctx.actor, "secret.edit", input.spaceId);
  const { spaceId, name, serves } = ServeLaunchesInput.parse(input);
  return inTransaction(ctx, async (tx) => {
    await lockConnections(tx, spaceId);
    const connection = await findConnection(tx, spaceId, name);
    if (!connection || !isConnectionKind(connection.kind))
      throw new Problem("not_found", `There is no connection "${name}" in this space.`);
    if (connection.kind === "variables")
      throw new Problem("bad_input", "Variables are given to grains that name them, never to all launches.");
    const sameKind = and(eq(secrets.spaceId, spaceId), eq(secrets.kind, connection.kind));
    const before = await tx.db
      .select({ name: secrets.name, serves: secrets.servesLaunches })
      .from(secrets)
      .where(sameKind)
      .for("update");
    const isSo = before.every((row) => (row.name === name ? row.serves === serves : !(serves && row.serves)));
    if (isSo) return;
    await tx.db.update(secrets).set({ servesLaunches: false }).where(sameKind);
    if (serves) await tx.db.update(secrets).set({ servesLaunches: true }).where(named(spaceId, name));
    await recordEvent(tx, {
      action: "secret.changed",
      spaceId,
      object: { type: "secret", id: connection.id, name },
      data: {
        kind: connection.kind,
        changes: {
          new_launches_run_with: {
            before: before.find((row) => row.serves)?.name ?? "simulator",
            after: serves ? name : "simulator",
          },
        },
      },
    });
    await notifyChange(tx, { topic: "space", id: spaceId, spaceId });
  });
}

/** Names of the connections that serve the launches of a space, by cloud. */
export type ServingConnections = Partial<Record<string, string>>;

export async function servingConnections(ctx: Pick<Context, "db">, spaceId: string): Promise<ServingConnections> {
  const rows = await ctx.db
    .select({ kind: secrets.kind, name: secrets.name })
    .from(secrets)
    .where(and(eq(secrets.spaceId, spaceId), eq(secrets.servesLaunches, true)));
  return Object.fromEntries(rows.map(({ kind, name }) => [kind, name]));
}
