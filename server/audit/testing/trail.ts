import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { type Person, type Role, systemActor } from "#server/actor.ts";
import type { AuditEvent } from "#server/audit/audit-event.ts";
import { exportEvents } from "#server/audit/export-events.ts";
import { recordEvent } from "#server/audit/record-event.ts";
import { type Context, createContext, inTransaction } from "#server/context.ts";

export const payments = "11111111-1111-4111-8111-111111111111";
export const platform = "22222222-2222-4222-8222-222222222222";

/** Makes contexts of people with roles, at a clock that a test moves. */
export function castFor(database: { readonly db: NodePgDatabase }) {
  const time = { now: new Date("2026-10-01T12:00:00.000Z") };
  const clock = { now: () => time.now, sleep: async () => {} };
  const person = (name: string, roles: Record<string, Role[]>, accountAdmin = false): Context => {
    const actor: Person = {
      kind: "person",
      id: `id-${name}`,
      name,
      email: `${name}@x.example`,
      groups: [],
      accountAdmin,
      roles,
    };
    return createContext({ db: database.db, actor, via: "ui", clock, address: "10.1.2.3" });
  };
  return {
    time,
    pass: (ms: number) => {
      time.now = new Date(time.now.getTime() + ms);
    },
    maya: () => person("maya", { [payments]: ["member"] }),
    audrey: () => person("audrey", { [payments]: ["auditor"], [platform]: ["member"] }),
    alex: () => person("alex", {}, true),
    worker: () => createContext({ db: database.db, actor: systemActor("worker"), via: "worker", clock }),
  };
}

export const record = (ctx: Context, ...events: AuditEvent[]) =>
  inTransaction(ctx, async (tx) => {
    for (const event of events) await recordEvent(tx, event);
  });

export function moved(name: string, to: string, spaceId: string | null = payments): AuditEvent {
  const object = { type: "environment", id: `id-of-${name}`, name };
  return { action: "environment.moved", spaceId, object, data: { event: "succeed", from: "launching", to } };
}

/** A folder for keys and logs of one test file. */
export function makeDataDir(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), "gantry-audit-"));
}

export async function exportText(ctx: Context, dataDir: string, search = "", format: "jsonl" | "csv" = "jsonl") {
  let text = "";
  for await (const piece of (await exportEvents(ctx, { search, format }, dataDir)).content) text += piece;
  return text;
}

/** Lines of an export as the verifier takes them. */
export function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let from = 0; from < bytes.length; ) {
    const to = bytes.indexOf(10, from);
    lines.push(bytes.subarray(from, to < 0 ? bytes.length : to));
    from = to < 0 ? bytes.length : to + 1;
  }
  return lines;
}
