import { and, asc, desc, eq, inArray, lte, sql } from "drizzle-orm";
import { expect } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { environments, environmentTransitions } from "#db/schema/environment.ts";
import { jobs, logLines, runs } from "#db/schema/run.ts";
import { verifyChain } from "#server/audit/verify-chain.ts";
import type { Context } from "#server/context.ts";
import { type KillStage, processesOf, serverFolderOf } from "./kill-stage.ts";

export async function expectState({ db }: Pick<Context, "db">, id: string, state: string): Promise<void> {
  const [environment] = await db.select().from(environments).where(eq(environments.id, id));
  const said = await db
    .select()
    .from(logLines)
    .where(eq(logLines.environmentId, id))
    .orderBy(desc(logLines.id))
    .limit(30);
  const log = said.reverse().map(({ text }) => text);
  expect(environment?.state, [environment?.stateReason, ...log].join("\n")).toBe(state);
}

/** Nothing was done twice: one unbroken line of states, each on record once, and each run begun and finished once. */
export async function expectOnce({ db }: Pick<Context, "db">, id: string): Promise<void> {
  const moves = await db
    .select({ from: environmentTransitions.fromState, to: environmentTransitions.toState })
    .from(environmentTransitions)
    .where(eq(environmentTransitions.environmentId, id))
    .orderBy(asc(environmentTransitions.id));
  for (const [index, { from }] of moves.entries()) if (index > 0) expect(from).toBe(moves[index - 1]!.to);
  const events = await db
    .select({ action: auditEvents.action, run: sql<string | null>`${auditEvents.data} ->> 'runId'` })
    .from(auditEvents)
    .where(eq(auditEvents.objectId, id));
  expect(events.filter(({ action }) => action === "environment.moved")).toHaveLength(moves.length);
  for (const run of await db.select().from(runs).where(eq(runs.environmentId, id))) {
    const of = (action: string) => events.filter((event) => event.action === action && event.run === run.id).length;
    if (run.state === "queued") continue;
    expect(of("run.started"), `${run.kind} was begun once`).toBeLessThanOrEqual(1);
    if (run.startedAt && ["succeeded", "failed"].includes(run.state)) expect(of("run.finished")).toBeLessThanOrEqual(1);
  }
}

/** Nothing of an ended environment is left on this host, and no job for it is due. */
export async function expectGone(stage: KillStage, id: string): Promise<void> {
  const { db } = stage.ctx();
  expect(processesOf(id), "no process is left").toEqual([]);
  expect(serverFolderOf(stage, id), "no server's folder is left").toBe(false);
  const mine = sql`${jobs.payload} ->> 'environmentId' = ${id}`;
  const due = and(mine, inArray(jobs.state, ["ready", "active"]), lte(jobs.runAt, sql`now()`));
  expect(await db.$count(jobs, due), "no job waits").toBe(0);
}

/** The audit trail is whole from its first event on. */
export async function expectChain(stage: KillStage): Promise<void> {
  const status = await verifyChain(stage.ctx(), { fromStart: true, dataDir: `${stage.folder}/verified` });
  expect(status.fault).toBeNull();
  expect(status.verifiedTo).toBe(status.head);
}
