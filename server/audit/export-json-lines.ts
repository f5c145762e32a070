import { createHash } from "node:crypto";
import { and, asc, eq, gte, lte } from "drizzle-orm";
import { auditCheckpoints, auditEvents } from "#db/schema/audit.ts";
import type { Context } from "#server/context.ts";
import { openAuditKey } from "./audit-key.ts";
import { digestRecord, firstHash } from "./chain.ts";
import { checkpointLine } from "./checkpoint.ts";
import { endLine, endNote, eventLine, type Manifest, manifestLine, withheldLine } from "./export-lines.ts";
import { type ExportRange, readChain } from "./export-range.ts";
import { listAuditKeys } from "./sign-checkpoint.ts";

/**
 * One line each: the manifest, the checkpoints, every event of the range (withheld ones by digest and hash), and an end
 * that signs all of it. `npm run audit:verify` checks the file without this portal.
 */
export async function* exportJsonLines(ctx: Context, range: ExportRange, dataDir: string): AsyncGenerator<string> {
  const digest = createHash("sha256");
  const written = (lines: string[]): string => {
    const text = lines.map((line) => `${line}\n`).join("");
    digest.update(text);
    return text;
  };
  yield written([manifestLine(await manifestOf(ctx, range)), ...(await checkpointLines(ctx, range))]);
  let events = 0;
  let withheld = 0;
  for await (const rows of readChain(ctx, range)) {
    const lines = rows.map(({ seq, hash, record, shown }) =>
      shown ? eventLine({ hash, record }) : withheldLine({ digest: digestRecord(record), hash, seq }),
    );
    const shownRows = rows.filter((row) => row.shown).length;
    events += shownRows;
    withheld += rows.length - shownRows;
    yield written(lines);
  }
  const key = openAuditKey(dataDir);
  const counts = { events, withheld, digest: digest.digest("hex") };
  yield `${endLine({ ...counts, key: key.id, signature: key.sign(endNote(counts)) })}\n`;
}

async function manifestOf(ctx: Context, { from, to, search }: ExportRange): Promise<Manifest> {
  return {
    version: 1,
    from,
    to,
    previous: await hashAfter(ctx, from - 1),
    head: await hashAfter(ctx, to),
    search,
    exported_at: ctx.clock.now().toISOString(),
    exported_by: ctx.actor.name,
    keys: Object.fromEntries(await listAuditKeys(ctx.db)),
  };
}

async function checkpointLines(ctx: Context, { from, to }: ExportRange): Promise<string[]> {
  const inRange = and(gte(auditCheckpoints.seq, from), lte(auditCheckpoints.seq, to));
  const rows = await ctx.db.select().from(auditCheckpoints).where(inRange).orderBy(asc(auditCheckpoints.seq));
  return rows.map(checkpointLine);
}

/** The chain's hash after an event; before the first for 0. */
async function hashAfter(ctx: Context, seq: number): Promise<string> {
  if (seq === 0) return firstHash;
  const [row] = await ctx.db.select({ hash: auditEvents.hash }).from(auditEvents).where(eq(auditEvents.seq, seq));
  if (!row) throw new Error(`The audit trail has no event ${seq}.`);
  return row.hash;
}
