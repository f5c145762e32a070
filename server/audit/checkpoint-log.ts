import fs from "node:fs";
import path from "node:path";
import { asc, gt } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { auditCheckpoints } from "#db/schema/audit.ts";
import { type Checkpoint, checkpointLine, readCheckpointLine } from "./checkpoint.ts";

const TAIL_BYTES = 4096;

export function checkpointLogPath(dataDir: string): string {
  return path.join(dataDir, "audit-checkpoints.log");
}

/**
 * Appends to `audit-checkpoints.log` what the database has and the file lacks. The file is a witness outside the
 * database; ship it further away (another mount, a log collector) for more.
 */
export async function copyCheckpoints(db: Db, dataDir: string): Promise<void> {
  const copiedTo = lastCopied(dataDir)?.seq ?? 0;
  const rows = await db
    .select()
    .from(auditCheckpoints)
    .where(gt(auditCheckpoints.seq, copiedTo))
    .orderBy(asc(auditCheckpoints.seq));
  if (rows.length === 0) return;
  fs.mkdirSync(dataDir, { recursive: true });
  const file = fs.openSync(checkpointLogPath(dataDir), "a", 0o600);
  try {
    fs.writeSync(file, rows.map((row) => `${checkpointLine(row)}\n`).join(""));
    fs.fsyncSync(file);
  } finally {
    fs.closeSync(file);
  }
}

/** The newest checkpoint in the file, null when there is none. A last line cut by a crash does not count. */
export function lastCopied(dataDir: string): Checkpoint | null {
  const name = checkpointLogPath(dataDir);
  if (!fs.existsSync(name)) return null;
  const file = fs.openSync(name, "r");
  try {
    const { size } = fs.fstatSync(file);
    const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
    fs.readSync(file, tail, 0, tail.length, size - tail.length);
    const read = tail.toString("utf8").split("\n").map(readCheckpointLine);
    return read.findLast((checkpoint) => checkpoint !== null) ?? null;
  } finally {
    fs.closeSync(file);
  }
}
