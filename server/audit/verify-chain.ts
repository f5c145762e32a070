import { and, asc, eq, gt, lte } from "drizzle-orm";
import { auditCheckpoints, auditEvents, auditHead } from "#db/schema/audit.ts";
import { config } from "#server/config.ts";
import type { Context } from "#server/context.ts";
import { isSigned } from "./audit-key.ts";
import { auditScope } from "./audit-scope.ts";
import { firstHash } from "./chain.ts";
import { type Fault, startWalk, stepTo } from "./chain-walk.ts";
import { type Checkpoint, checkpointNote } from "./checkpoint.ts";
import { lastCopied } from "./checkpoint-log.ts";
import { columnsDiffer } from "./record-columns.ts";
import { listAuditKeys, newestCheckpoint } from "./sign-checkpoint.ts";
import { type Progress, readProgress, readWhole, type Whole, writeProgress, writeWhole } from "./verified.ts";

export type ChainStatus = {
  verifiedTo: number;
  verifiedAt: Date;
  /** The newest event. */
  head: number;
  checkpoint: Pick<Checkpoint, "seq" | "at" | "keyId"> | null;
  /** The last time all of it was verified from its very first event; null before the first time. */
  whole: { to: number; at: Date } | null;
  /** The first thing wrong, until a verification from the start finds it no more. */
  fault: Fault | null;
};

const EVENTS_PER_CALL = 2_000;
const EVENTS_PER_PIECE = 20_000;

type Options = { fromStart?: boolean; limit?: number; dataDir?: string; signal?: AbortSignal };

/**
 * Goes on verifying the chain where the last call stopped, at most `limit` events, and says how things stand: for the
 * page's top strip. With `fromStart` all of it is verified again: for the worker, once a day.
 */
export async function verifyChain(ctx: Context, options: Options = {}): Promise<ChainStatus> {
  await auditScope(ctx, "audit.read");
  const dataDir = options.dataDir ?? config().dataDir;
  const start: Progress = { seq: 0, hash: firstHash, time: null, at: "", fault: null };
  const before = options.fromStart ? start : (readProgress(dataDir) ?? start);
  const fault = before.fault ?? (await anchorFault(ctx, before, dataDir));
  const after: Progress = fault ? { ...before, fault } : await verifyOn(ctx, before, options);
  const now = ctx.clock.now();
  writeProgress(dataDir, { ...after, at: now.toISOString() });
  if (options.fromStart) writeWhole(dataDir, { seq: after.seq, at: now.toISOString(), fault: after.fault });
  return showStatus(ctx, { ...after, at: now.toISOString() }, readWhole(dataDir));
}

async function showStatus(ctx: Context, progress: Progress, whole: Whole | null): Promise<ChainStatus> {
  const [head] = await ctx.db.select().from(auditHead).where(eq(auditHead.id, 1));
  const newest = await newestCheckpoint(ctx.db);
  return {
    verifiedTo: progress.seq,
    verifiedAt: new Date(progress.at),
    head: head?.seq ?? 0,
    checkpoint: newest ? { seq: newest.seq, at: newest.at, keyId: newest.keyId } : null,
    whole: whole && { to: whole.seq, at: new Date(whole.at) },
    // A call that began before the whole was verified may have written "good" after it.
    fault: progress.fault ?? whole?.fault ?? null,
  };
}

/** What was verified, and what was copied outside, must still be there as it was. */
async function anchorFault(ctx: Context, progress: Progress, dataDir: string): Promise<Fault | null> {
  const copied = lastCopied(dataDir);
  const anchors = [progress, ...(copied ? [copied] : [])];
  for (const { seq, hash } of anchors) {
    if (seq === 0) continue;
    const [event] = await ctx.db.select({ hash: auditEvents.hash }).from(auditEvents).where(eq(auditEvents.seq, seq));
    if (!event) return { seq, kind: "truncated", message: `Event ${seq} was there once and is no more.` };
    if (event.hash !== hash)
      return { seq, kind: "forked", message: `Event ${seq} has another hash than it had: history was rewritten.` };
  }
  return null;
}

async function verifyOn(ctx: Context, from: Progress, options: Options): Promise<Progress> {
  const limit = options.fromStart ? Number.POSITIVE_INFINITY : (options.limit ?? EVENTS_PER_CALL);
  let progress = from;
  for (let left = limit; left > 0; left -= EVENTS_PER_PIECE) {
    options.signal?.throwIfAborted();
    const next = await verifyPiece(ctx, progress, Math.min(left, EVENTS_PER_PIECE));
    const isAtEnd = next.seq === progress.seq;
    progress = next;
    if (isAtEnd || next.fault) break;
  }
  return progress;
}

async function verifyPiece(ctx: Context, progress: Progress, limit: number): Promise<Progress> {
  const { seq, hash, at, record } = auditEvents;
  const rows = await ctx.db
    .select({ seq, hash, at, record })
    .from(auditEvents)
    .where(gt(seq, progress.seq))
    .orderBy(asc(seq))
    .limit(limit);
  const last = rows.at(-1);
  if (!last) return progress;
  const walk = startWalk(progress.seq + 1, progress.hash);
  if (progress.time) walk.lastTime = Date.parse(progress.time);
  for (const row of rows) {
    const ts = row.at.toISOString();
    stepTo(walk, { seq: row.seq, hash: row.hash, digest: null, record: Buffer.from(row.record), ts }, null);
    if (walk.faults.length > 0) break;
  }
  const hashes = new Map(rows.map((row) => [row.seq, row.hash]));
  const fault =
    walk.faults[0] ??
    (await columnFault(ctx, progress.seq, last.seq)) ??
    (await checkpointFault(ctx, progress.seq, hashes));
  if (fault) return { ...progress, fault };
  return { seq: last.seq, hash: last.hash, time: last.at.toISOString(), at: progress.at, fault: null };
}

/** Columns are what pages and searches read: they must say what the record says. */
async function columnFault(ctx: Context, after: number, to: number): Promise<Fault | null> {
  const [row] = await ctx.db
    .select({ seq: auditEvents.seq })
    .from(auditEvents)
    .where(and(gt(auditEvents.seq, after), lte(auditEvents.seq, to), columnsDiffer))
    .orderBy(asc(auditEvents.seq))
    .limit(1);
  return row ? { seq: row.seq, kind: "edited", message: `Event ${row.seq} differs from its own record.` } : null;
}

async function checkpointFault(ctx: Context, after: number, hashes: Map<number, string>): Promise<Fault | null> {
  const keys = await listAuditKeys(ctx.db);
  const rows = await ctx.db
    .select()
    .from(auditCheckpoints)
    .where(and(gt(auditCheckpoints.seq, after), lte(auditCheckpoints.seq, after + hashes.size)));
  for (const row of rows) {
    const { seq } = row;
    const key = keys.get(row.keyId);
    if (key === undefined || !isSigned(checkpointNote(row), row.signature, key))
      return { seq, kind: "unsigned", message: `The checkpoint at event ${seq} is not signed by a key of this trail.` };
    if (row.hash !== hashes.get(seq))
      return { seq, kind: "forked", message: `The chain was signed at event ${seq} with another hash.` };
  }
  return null;
}
