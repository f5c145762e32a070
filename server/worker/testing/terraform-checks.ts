import { and, asc, eq, ne } from "drizzle-orm";
import { expect } from "vitest";
import { z } from "zod";
import { resources } from "#db/schema/environment.ts";
import { terraformLocks, terraformStates } from "#db/schema/run.ts";
import type { Context } from "#server/context.ts";
import { readState } from "#server/run/terraform-state.ts";
import type { Thing } from "./emulated-things.ts";

type Version = Pick<typeof terraformStates.$inferSelect, "id" | "serial" | "lineage" | "digest">;

export async function listVersions({ db }: Pick<Context, "db">, environmentId: string): Promise<Version[]> {
  const { id, serial, lineage, digest } = terraformStates;
  return db
    .select({ id, serial, lineage, digest })
    .from(terraformStates)
    .where(eq(terraformStates.environmentId, environmentId))
    .orderBy(asc(id));
}

/** One history: one lineage, serials that only grow, and nothing of what was acknowledged before is gone. */
export async function expectOneHistory(
  ctx: Pick<Context, "db">,
  environmentId: string,
  acknowledged: readonly Version[],
): Promise<Version[]> {
  const versions = await listVersions(ctx, environmentId);
  expect(versions.slice(0, acknowledged.length), "no acknowledged state is lost").toEqual(acknowledged);
  expect(new Set(versions.map(({ lineage }) => lineage)).size, "one lineage").toBeLessThanOrEqual(1);
  for (const [index, { serial, digest }] of versions.entries()) {
    const before = versions[index - 1];
    // Pushed twice, when the one who pushed was killed before it knew.
    if (before && before.digest !== digest) expect(serial, "the serial grows").toBeGreaterThan(before.serial);
  }
  const last = await readState(ctx, { environmentId, grain: "infra" });
  expect(last === null, "the last state is readable").toBe(versions.length === 0);
  if (last) expect(JSON.parse(last)).toMatchObject({ serial: versions.at(-1)?.serial });
  return versions;
}

/** Each thing in the cloud is in the state, or named in the journal: by its id, or as one of its kind that was begun. */
export async function expectAllNamed(
  ctx: Pick<Context, "db">,
  environmentId: string,
  things: readonly Thing[],
): Promise<{ managed: number; suspects: number }> {
  const managed = idsOf((await readState(ctx, { environmentId, grain: "infra" })) ?? "{}");
  const rows = await listOpen(ctx, environmentId);
  let suspects = 0;
  for (const { type, id } of things) {
    if (managed.has(`${type} ${id}`)) continue;
    const alike = rows.filter((row) => row.type === type || row.address.endsWith(id));
    const row = alike.find(({ cloudId }) => tailOf(cloudId) === tailOf(id)) ?? alike.find(({ cloudId }) => !cloudId);
    const at = row ? rows.indexOf(row) : -1;
    expect(at, `${type} ${id} belongs to nobody; the journal has ${JSON.stringify(rows)}`).toBeGreaterThanOrEqual(0);
    rows.splice(at, 1);
    suspects++;
  }
  return { managed: things.length - suspects, suspects };
}

/** A queue's id is its address; its name is the last part of it. */
const tailOf = (id: string | null) => id?.split("/").at(-1);

const State = z.object({
  resources: z
    .array(
      z.object({
        type: z.string(),
        instances: z.array(z.object({ attributes: z.looseObject({ id: z.string().optional() }) })),
      }),
    )
    .default([]),
});

function idsOf(state: string): Set<string> {
  const { resources: held } = State.parse(JSON.parse(state));
  return new Set(
    held.flatMap(({ type, instances }) =>
      instances.flatMap(({ attributes: { id } }) => (id ? [`${type} ${id}`, `${type} ${tailOf(id)}`] : [])),
    ),
  );
}

export function listOpen({ db }: Pick<Context, "db">, environmentId: string) {
  const { address, type, state, cloudId } = resources;
  return db
    .select({ address, type, state, cloudId })
    .from(resources)
    .where(and(eq(resources.environmentId, environmentId), ne(resources.state, "destroyed")))
    .orderBy(asc(address));
}

export async function expectUnlocked({ db }: Pick<Context, "db">, environmentId: string): Promise<void> {
  expect(await db.$count(terraformLocks, eq(terraformLocks.environmentId, environmentId)), "no lock is held").toBe(0);
}
