import { canonicalJson } from "#server/canonical-json.ts";

/** A signed head of the chain: whoever holds it can tell whether the history up to `seq` was rewritten. */
export type Checkpoint = { seq: number; hash: string; keyId: string; signature: string; at: Date };

/** The text that is signed. */
export function checkpointNote({ seq, hash, at }: Pick<Checkpoint, "seq" | "hash" | "at">): string {
  return `gantry audit checkpoint\n${seq}\n${hash}\n${at.toISOString()}\n`;
}

/** One line of `audit-checkpoints.log` and of an export. */
export function checkpointLine({ seq, hash, keyId, signature, at }: Checkpoint): string {
  return canonicalJson({ checkpoint: { seq, hash, key: keyId, signature, at: at.toISOString() } });
}

/** Reads such a line; null when it is not, to the byte, what `checkpointLine` writes. */
export function readCheckpointLine(line: string): Checkpoint | null {
  try {
    const { checkpoint } = JSON.parse(line) as { checkpoint: Record<string, unknown> };
    const { seq, hash, key, signature, at } = checkpoint;
    if (typeof seq !== "number" || [hash, key, signature, at].some((field) => typeof field !== "string")) return null;
    const read = { seq, hash, keyId: key, signature, at: new Date(String(at)) } as Checkpoint;
    return checkpointLine(read) === line ? read : null;
  } catch {
    return null;
  }
}
