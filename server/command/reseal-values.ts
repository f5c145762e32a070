import { type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { draftPlace } from "#server/decision/draft.ts";
import { grainOutputsPlace } from "#server/run/grain-outputs.ts";
import { environmentPlace } from "#server/run/run-subject.ts";
import { statePlace } from "#server/run/terraform-state.ts";
import type { Keyring } from "#server/secret/master-key.ts";
import { reseal, type SealedPlace } from "#server/secret/seal.ts";
import { secretPlace } from "#server/space/secrets.ts";

const PER_READ = 200;

/** A row as far as the place of its sealed value depends on it. */
type SealedRow = { row: string; sealed: string; space: string; owner: string; grain: string; serial: string };
type SealedColumn = {
  table: string;
  column: string;
  /** What names a row, within its table `t`. */
  row: string;
  /** Which environment, grain and serial it is of, where its place depends on them. */
  parts?: string;
  place(row: SealedRow): SealedPlace;
};

const ofGrain = "t.environment_id::text as owner, t.grain as grain";

/** Every column that holds sealed values, and where each value is bound to. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: "secrets", column: "sealed", row: "t.id::text", place: ({ row, space }) => secretPlace(row, space) },
  {
    table: "drafts",
    column: "sealed_inputs",
    row: "t.id::text",
    place: ({ row, space }) => draftPlace({ id: row, spaceId: space }),
  },
  ...(["sealed_inputs", "sealed_outputs"] as const).map((column) => ({
    table: "environments",
    column,
    row: "t.id::text",
    place: ({ row, space }: SealedRow) => environmentPlace({ id: row, spaceId: space }, column),
  })),
  {
    table: "grain_outputs",
    column: "sealed_outputs",
    row: "t.environment_id::text || '/' || t.grain",
    parts: `${ofGrain}, '' as serial`,
    place: ({ owner, space, grain }) => grainOutputsPlace({ id: owner, spaceId: space }, grain),
  },
  {
    table: "terraform_states",
    column: "sealed",
    row: "t.id::text",
    parts: `${ofGrain}, t.serial::text as serial`,
    place: ({ owner, grain, space, serial }) => statePlace({ environmentId: owner, grain }, space, Number(serial)),
  },
];

export type Resealed = { moved: number; closed: { table: string; row: string; reason: string }[] };

/**
 * Moves every sealed value under the newest key of the ring, row by row. It can be cut off anywhere and called again:
 * each value is under one key or the other, and a value that changes meanwhile is left to the next call.
 */
export async function resealValues(db: Db, ring: Keyring, onMoved?: () => void): Promise<Resealed> {
  const all: Resealed = { moved: 0, closed: [] };
  for (const column of sealedColumns) {
    for (let after = ""; ; ) {
      const rows = await readOld(db, column, { newest: ring[0].id, after });
      for (const row of rows) {
        try {
          if (await moveOne(db, column, { row, sealed: reseal(row.sealed, column.place(row), ring) })) all.moved += 1;
        } catch (error) {
          if (!(error instanceof Error) || !/sealed value/.test(error.message)) throw error;
          all.closed.push({ table: column.table, row: row.row, reason: error.message });
          continue;
        }
        onMoved?.();
      }
      const last = rows.at(-1);
      if (!last) break;
      after = last.row;
    }
  }
  return all;
}

/** Values that are still under another key than the newest. */
export async function countOld(db: Db, ring: Keyring): Promise<number> {
  let count = 0;
  for (const { table, column } of sealedColumns) {
    const { rows } = await db.execute<{ n: number }>(
      sql`select count(*)::int as n from ${sql.raw(table)} where ${isOld(column, ring[0].id)}`,
    );
    count += rows[0]?.n ?? 0;
  }
  return count;
}

function isOld(column: string, newest: string): SQL {
  return sql`${sql.raw(column)} is not null and not starts_with(${sql.raw(column)}, ${`g1.${newest}.`})`;
}

async function readOld(db: Db, part: SealedColumn, from: { newest: string; after: string }): Promise<SealedRow[]> {
  const { table, column, row, parts } = part;
  const space = parts ? "e.space_id" : "t.space_id";
  const join = parts ? "join environments e on e.id = t.environment_id" : "";
  const { rows } = await db.execute<SealedRow>(sql`
    select ${sql.raw(row)} as row, t.${sql.raw(column)} as sealed, ${sql.raw(space)}::text as space,
      ${sql.raw(parts ?? "'' as owner, '' as grain, '' as serial")}
    from ${sql.raw(table)} t ${sql.raw(join)}
    where ${isOld(`t.${column}`, from.newest)} and ${sql.raw(row)} > ${from.after} order by 1 limit ${PER_READ}`);
  return rows;
}

async function moveOne(
  db: Db,
  part: SealedColumn,
  { row, sealed }: { row: SealedRow; sealed: string },
): Promise<boolean> {
  const { table, column } = part;
  const { rowCount } = await db.execute(sql`update ${sql.raw(table)} t set ${sql.raw(column)} = ${sealed}
    where ${sql.raw(part.row)} = ${row.row} and t.${sql.raw(column)} = ${row.sealed}`);
  return rowCount === 1;
}
