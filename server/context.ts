import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.ts";
import type { Actor, Channel } from "#server/actor.ts";

/** Time as the product sees it. The demo's past and tests move it; nothing else reads the system clock. */
export type Clock = {
  now(): Date;
  /** Resolves after `ms`, or at once when `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
};

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal?.addEventListener("abort", done);
    }),
};

/** What every verb gets: database, who asks, when, through which door. */
export type Context = {
  db: Db;
  actor: Actor;
  clock: Clock;
  via: Channel;
  requestId: string;
  /** Network address the request came from, where a door knows it. */
  address?: string | undefined;
  /** Set inside `inTransaction`; verbs called from another verb join its transaction. */
  inTransaction?: true | undefined;
  /** Work that must be the last of the open transaction: locks everybody shares are then held only for a moment. */
  beforeCommit?: (() => Promise<void>)[] | undefined;
};

export function createContext(
  parts: Pick<Context, "db" | "actor" | "via"> & Partial<Pick<Context, "clock" | "requestId" | "address">>,
): Context {
  return { clock: systemClock, requestId: randomUUID(), ...parts };
}

/** The same request, acted by somebody else: a verb that goes on as the system after a person's act. */
export function actingAs(ctx: Context, actor: Actor): Context {
  return { ...ctx, actor };
}

/** Runs `work` in one transaction; joins the one that is already open. Throwing rolls everything back. */
export function inTransaction<T>(ctx: Context, work: (tx: Context) => Promise<T>): Promise<T> {
  if (ctx.inTransaction) return work(ctx);
  return ctx.db.transaction(async (db) => {
    const tx: Context = { ...ctx, db, inTransaction: true, beforeCommit: [] };
    const result = await work(tx);
    for (const finish of tx.beforeCommit ?? []) await finish();
    return result;
  });
}
