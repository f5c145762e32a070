import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { drafts } from "#db/schema/draft.ts";
import { environments } from "#db/schema/environment.ts";
import { grainOutputs, terraformStates } from "#db/schema/run.ts";
import { secrets } from "#db/schema/space.ts";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { recordActor, systemActor } from "#server/actor.ts";
import { type Keyring, openKeyring } from "#server/secret/master-key.ts";
import { seal, unseal } from "#server/secret/seal.ts";
import { countOld, resealValues, sealedColumns } from "./reseal-values.ts";

const database = openTestDatabase();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gantry-rotate-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));
const file = path.join(folder, "secret.key");
const spaceId = randomUUID();
const id = randomUUID();
const serial = 7;
const now = new Date();

/** One row for every place a value is sealed at; what `sealedColumns` says of it comes out of the database. */
async function sealEverywhere(ring: Keyring): Promise<void> {
  const { db } = database;
  for (const table of ["secrets", "drafts", "environments", "grain_outputs", "terraform_states"])
    await db.execute(sql.raw(`delete from ${table}`));
  const sealed = (table: string, rowId: string, field: string) =>
    seal(`${table}.${field}`, { table, rowId, field, spaceId }, ring);
  const times = { createdAt: now, updatedAt: now };
  await db.insert(secrets).values({
    id,
    spaceId,
    name: "n",
    kind: "aws",
    sealed: sealed("secrets", id, "sealed"),
    createdById: id,
    ...times,
  });
  await db
    .insert(drafts)
    .values({ id, spaceId, ownerId: id, sealedInputs: sealed("drafts", id, "sealed_inputs"), ...times });
  await db.insert(environments).values({
    id,
    spaceId,
    name: "env",
    ownerId: id,
    requestedBy: recordActor(systemActor("command")),
    via: "ui",
    state: "active",
    stateSince: now,
    blueprintName: "web-preview",
    revisionId: id,
    agent: "local",
    simulated: false,
    inputs: {},
    sealedInputs: sealed("environments", id, "sealed_inputs"),
    sealedOutputs: sealed("environments", id, "sealed_outputs"),
    createdAt: now,
  });
  const ofGrain = { environmentId: id, grain: "app" };
  const outputs = sealed("grain_outputs", `${id}/app`, "sealed_outputs");
  await db.insert(grainOutputs).values({ ...ofGrain, outputs: {}, sealedOutputs: outputs, updatedAt: now });
  const state = sealed("terraform_states", `${id}/app/${serial}`, "sealed");
  await db
    .insert(terraformStates)
    .values({ ...ofGrain, serial, lineage: "l", sealed: state, digest: "d", createdAt: now });
}

/** What every sealed value says, opened with a ring. */
async function openAll(ring: Keyring): Promise<string[]> {
  const rows: string[] = [];
  for (const { table, column } of sealedColumns) {
    const { rows: found } = await database.db.execute<{ sealed: string }>(
      sql.raw(`select ${column} as sealed from ${table} where ${column} is not null`),
    );
    const rowId = { grain_outputs: `${id}/app`, terraform_states: `${id}/app/${serial}` }[table] ?? id;
    rows.push(...found.map(({ sealed }) => unseal(sealed, { table, rowId, field: column, spaceId }, ring)));
  }
  return rows;
}

const everywhere = sealedColumns.map(({ table, column }) => `${table}.${column}`);

beforeAll(() => openKeyring(file));
beforeEach(async () => {
  fs.rmSync(file);
  await sealEverywhere(openKeyring(file));
});

test("every column that holds sealed values is known", async () => {
  const { rows } = await database.db.execute<{ name: string }>(sql`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'public' and column_name like 'sealed%'`);
  expect(rows.map(({ name }) => name).sort()).toEqual(everywhere.toSorted());
});

const run = promisify(execFile);
const rotate = (...args: string[]) =>
  run(process.execPath, ["--import", "tsx", "server/command/rotate-keys.ts", ...args], {
    env: { ...process.env, DATABASE_URL: database.url, GANTRY_DATA_DIR: folder, GANTRY_LOG_LEVEL: "silent" },
  });

test("after a rotation everything opens with the new key alone, and the old one can be dropped", async () => {
  const [old] = openKeyring(file);
  expect((await rotate()).stdout).toContain("6 sealed values moved");
  const ring = openKeyring(file);
  expect(ring).toHaveLength(2);
  expect(await openAll([ring[0]])).toEqual(everywhere);
  expect((await rotate("--drop-old")).stdout).toContain("forgotten");
  expect(openKeyring(file)).toEqual([ring[0]]);
  await expect(openAll([old])).rejects.toThrow("needs master key");
  const { rows } = await database.db.execute(sql`select data from audit_events where action = 'master_key.rotated'`);
  expect(rows).toHaveLength(2);
});

test("cut off in the middle, everything still opens, and the rest is moved by the next call", async () => {
  const [old] = openKeyring(file);
  const ring: Keyring = [{ id: "newest00", key: Buffer.alloc(32, 1) }, old];
  let left = 3;
  const cut = resealValues(database.db, ring, () => {
    left -= 1;
    if (left === 0) throw new Error("cut off");
  });
  await expect(cut).rejects.toThrow("cut off");
  expect(await countOld(database.db, ring)).toBe(3);
  expect(await openAll(ring)).toEqual(everywhere);
  expect(await resealValues(database.db, ring)).toEqual({ moved: 3, closed: [] });
  expect(await openAll([ring[0]])).toEqual(everywhere);
});

test("a value that does not open is named and keeps the older keys in the file", async () => {
  await database.db.execute(sql`update drafts set sealed_inputs = 'g1.unknown0.a.b'`);
  await expect(rotate()).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining(`drafts ${id}`) });
  await expect(rotate("--drop-old")).rejects.toMatchObject({ code: 1 });
  expect(openKeyring(file)).toHaveLength(2);
});
