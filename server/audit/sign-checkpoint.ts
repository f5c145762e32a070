import { desc, eq, gt, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { auditCheckpoints, auditEvents, auditHead } from "#db/schema/audit.ts";
import { config } from "#server/config.ts";
import { type Context, inTransaction } from "#server/context.ts";
import { crashpoint } from "#server/crashpoint.ts";
import { Problem } from "#server/errors.ts";
import { openAuditKey } from "./audit-key.ts";
import { type Checkpoint, checkpointNote } from "./checkpoint.ts";
import { checkpointLogPath, copyCheckpoints, lastCopied } from "./checkpoint-log.ts";
import { recordEvent } from "./record-event.ts";

const EVENTS_BETWEEN = 100;
const MS_BETWEEN = 60_000;

/** Signs the head of the chain when 100 events, or the oldest one for 60 seconds, wait for it. The worker calls it often. */
export async function signCheckpointIfDue(ctx: Context, dataDir = config().dataDir): Promise<Checkpoint | null> {
  const signed = (await isDue(ctx)) ? await signCheckpoint(ctx, dataDir) : null;
  await copyCheckpoints(ctx.db, dataDir);
  return signed;
}

/**
 * Signs the head of the chain now; null when it is signed already. A history that contradicts the copied checkpoints is
 * never signed over.
 */
export async function signCheckpoint(ctx: Context, dataDir = config().dataDir): Promise<Checkpoint | null> {
  await refuseFork(ctx.db, dataDir);
  const key = openAuditKey(dataDir);
  await announceKey(ctx, key);
  return inTransaction(ctx, async (tx) => {
    const [head] = await tx.db.select().from(auditHead).where(eq(auditHead.id, 1)).for("update");
    if (!head || head.seq === 0 || head.seq === (await newestCheckpoint(tx.db))?.seq) return null;
    const unsigned = { seq: head.seq, hash: head.hash, at: tx.clock.now() };
    const note = checkpointNote(unsigned);
    const checkpoint = { ...unsigned, keyId: key.id, signature: key.sign(note) };
    crashpoint("audit.before-checkpoint");
    await tx.db.insert(auditCheckpoints).values({ ...checkpoint, note });
    crashpoint("audit.after-checkpoint");
    return checkpoint;
  });
}

async function refuseFork(db: Db, dataDir: string): Promise<void> {
  const copied = lastCopied(dataDir);
  if (!copied) return;
  const [event] = await db.select({ hash: auditEvents.hash }).from(auditEvents).where(eq(auditEvents.seq, copied.seq));
  if (event?.hash === copied.hash) return;
  throw new Problem(
    "conflict",
    `The audit trail is not the one that was signed at event ${copied.seq}: nothing is signed.`,
    {
      remedy: `Compare the database with ${checkpointLogPath(dataDir)}. After restoring a backup, move that file away.`,
    },
  );
}

async function isDue({ db, clock }: Context): Promise<boolean> {
  const [head] = await db.select().from(auditHead).where(eq(auditHead.id, 1));
  const signedTo = (await newestCheckpoint(db))?.seq ?? 0;
  if (!head || head.seq <= signedTo) return false;
  if (head.seq - signedTo >= EVENTS_BETWEEN) return true;
  const [oldest] = await db
    .select({ at: auditEvents.at })
    .from(auditEvents)
    .where(gt(auditEvents.seq, signedTo))
    .orderBy(auditEvents.seq)
    .limit(1);
  return oldest !== undefined && clock.now().getTime() - oldest.at.getTime() >= MS_BETWEEN;
}

export async function newestCheckpoint(db: Db): Promise<Checkpoint | null> {
  const [row] = await db.select().from(auditCheckpoints).orderBy(desc(auditCheckpoints.seq)).limit(1);
  return row ?? null;
}

/** Public keys that signed here so far, by id: each is announced by an event before its first signature. */
export async function listAuditKeys(db: Db): Promise<Map<string, string>> {
  const rows = await db
    .select({ data: auditEvents.data })
    .from(auditEvents)
    .where(eq(auditEvents.action, "audit.checkpoint_key_created"));
  return new Map(rows.map(({ data }) => [String(data.keyId), String(data.publicKey)]));
}

async function announceKey(ctx: Context, { id, publicKey }: { id: string; publicKey: string }): Promise<void> {
  if ((await listAuditKeys(ctx.db)).has(id)) return;
  await inTransaction(ctx, async (tx) => {
    await tx.db.execute(sql`select pg_advisory_xact_lock(hashtext('audit key'))`);
    if ((await listAuditKeys(tx.db)).has(id)) return;
    await recordEvent(tx, {
      action: "audit.checkpoint_key_created",
      spaceId: null,
      object: { type: "audit_key", id, name: id },
      data: { keyId: id, publicKey },
    });
  });
}
