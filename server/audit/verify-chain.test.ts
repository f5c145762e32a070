import fs from "node:fs";
import path from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeEach, expect, test } from "vitest";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { Problem } from "#server/errors.ts";
import { checkpointLogPath } from "./checkpoint-log.ts";
import { listEvents } from "./list-events.ts";
import { noteRefusal } from "./note-refusal.ts";
import { signCheckpointIfDue } from "./sign-checkpoint.ts";
import { castFor, makeDataDir, moved, payments, record } from "./testing/trail.ts";
import { verifyChain } from "./verify-chain.ts";

const database = openTestDatabase();
const cast = castFor(database);
let dataDir: string;
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true });
});

const guarded = [sql`audit_events`, sql`audit_checkpoints`, sql`audit_head`];

/** What whoever owns the tables can do: take the guards away, write, put them back. */
async function tamper(statement: ReturnType<typeof sql>): Promise<void> {
  await database.db.transaction(async (tx) => {
    for (const table of guarded) await tx.execute(sql`alter table ${table} disable trigger user`);
    await tx.execute(statement);
    for (const table of guarded) await tx.execute(sql`alter table ${table} enable trigger user`);
  });
}

beforeEach(async () => {
  dataDir = makeDataDir();
  folders.push(dataDir);
  await tamper(sql`delete from audit_events`);
  await tamper(sql`delete from audit_checkpoints`);
  await tamper(sql`update audit_head set seq = 0, hash = repeat('0', 64)`);
  for (let i = 0; i < 6; i++) await record(cast.maya(), moved(`env-${i}`, "active"));
  cast.pass(61_000);
  await signCheckpointIfDue(cast.worker(), dataDir);
});

const check = (fromStart = false) => verifyChain(cast.worker(), { dataDir, fromStart });

test("a checkpoint is signed after a hundred events or a minute, and copied out of the database", async () => {
  const lines = () => fs.readFileSync(checkpointLogPath(dataDir), "utf8").trim().split("\n");
  expect(lines()).toHaveLength(1);
  await record(cast.maya(), moved("one-more", "active"));
  expect(await signCheckpointIfDue(cast.worker(), dataDir)).toBeNull();
  await record(cast.maya(), ...Array.from({ length: 99 }, (_, i) => moved(`many-${i}`, "active")));
  expect(await signCheckpointIfDue(cast.worker(), dataDir)).toMatchObject({ seq: 107 });
  expect(lines()).toHaveLength(2);
  fs.rmSync(checkpointLogPath(dataDir));
  await signCheckpointIfDue(cast.worker(), dataDir);
  expect(lines()).toHaveLength(2);
});

test("an honest chain is verified to its head, and further as it grows", async () => {
  expect(await check()).toMatchObject({ verifiedTo: 7, head: 7, checkpoint: { seq: 7 }, fault: null });
  await record(cast.maya(), moved("later", "active"));
  expect(await check()).toMatchObject({ verifiedTo: 8, head: 8, fault: null });
});

test("an edited record, and a column that no longer says what the record says, are found", async () => {
  await tamper(sql`update audit_events set record = replace(record, 'env-2', 'env-9') where seq = 3`);
  expect((await check()).fault).toMatchObject({ seq: 3, kind: "edited" });
  expect((await check()).fault).toMatchObject({ seq: 3 });
  await tamper(sql`update audit_events set record = replace(record, 'env-9', 'env-2') where seq = 3`);
  expect((await check(true)).fault).toBeNull();
  await tamper(sql`update audit_events set actor_name = 'somebody' where seq = 4`);
  expect((await check(true)).fault).toMatchObject({ seq: 4, kind: "edited" });
});

test("a whole verification is told with its time, and what it found stays until another one finds it no more", async () => {
  expect((await check()).whole).toBeNull();
  expect((await check(true)).whole).toEqual({ to: 7, at: cast.time.now });
  await tamper(sql`update audit_events set actor_name = 'somebody' where seq = 4`);
  const progress = fs.readFileSync(path.join(dataDir, "audit-verified.json"));
  expect((await check(true)).fault).toMatchObject({ seq: 4 });
  // Another process that was verifying the newest events meanwhile saw nothing, and writes so.
  fs.writeFileSync(path.join(dataDir, "audit-verified.json"), progress);
  expect((await check()).fault).toMatchObject({ seq: 4 });
  await tamper(sql`update audit_events set actor_name = 'maya' where seq = 4`);
  expect((await check(true)).fault).toBeNull();
});

test("a whole verification that is stopped leaves everything as it was", async () => {
  await check();
  const stopped = verifyChain(cast.worker(), { dataDir, fromStart: true, signal: AbortSignal.abort() });
  await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
  expect(await check()).toMatchObject({ verifiedTo: 7, whole: null, fault: null });
});

test("a deleted event is found", async () => {
  await tamper(sql`delete from audit_events where seq = 4`);
  expect((await check()).fault).toMatchObject({ seq: 4, kind: "missing" });
});

test("what was verified once cannot be taken back: a shorter trail is found, and never signed over", async () => {
  await check();
  await tamper(sql`delete from audit_events where seq > 5`);
  await tamper(sql`delete from audit_checkpoints`);
  await tamper(sql`update audit_head set (seq, hash) = (select seq, hash from audit_events where seq = 5)`);
  expect((await check()).fault).toMatchObject({ kind: "truncated", seq: 7 });
  await record(cast.maya(), moved("new-history", "active"));
  cast.pass(61_000);
  await expect(signCheckpointIfDue(cast.worker(), dataDir)).rejects.toMatchObject({ code: "conflict" });
  fs.rmSync(path.join(dataDir, "audit-verified.json"));
  expect((await check()).fault).toMatchObject({ kind: "truncated", seq: 7 });
});

test("a checkpoint without a good signature is found", async () => {
  await tamper(sql`update audit_checkpoints set signature = repeat('A', 86) || '=='`);
  expect((await check()).fault).toMatchObject({ kind: "unsigned", seq: 7 });
});

test("a member may not look at the chain's state", async () => {
  await expect(verifyChain(cast.maya(), { dataDir })).rejects.toMatchObject({ code: "forbidden" });
});

test("refusals are on record, counted, and cannot flood the trail", async () => {
  const refusal = (permission: string) =>
    new Problem("forbidden", `Your roles do not allow this (${permission}).`, {
      details: { permission, spaceId: payments },
    });
  for (let i = 0; i < 1000; i++) await noteRefusal(cast.maya(), refusal("policy.edit"));
  for (let i = 0; i < 100; i++) await noteRefusal(cast.maya(), refusal(`made.up.${i}`));
  const search = "action:authorization.refused";
  expect((await listEvents(cast.alex(), { search, limit: 200 })).events).toHaveLength(20);
  cast.pass(61_000);
  await noteRefusal(cast.maya(), refusal("policy.edit"));
  const [newest] = (await listEvents(cast.alex(), { search: `${search} 1000` })).events;
  expect(newest).toMatchObject({ outcome: "denied", spaceId: payments, actor: { name: "maya" } });
});
