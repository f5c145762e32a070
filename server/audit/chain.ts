import { createHash } from "node:crypto";

/** The hash before the first event. */
export const firstHash = "0".repeat(64);

/** Digest of an event's record, its canonical JSON: SHA-256 over a zero byte and the text. */
export function digestRecord(record: string | Uint8Array): string {
  return createHash("sha256").update("\0").update(record).digest("hex");
}

/**
 * The chain's hash after an event: SHA-256 over a one byte, the hash before and the record's digest. It needs the digest
 * only, so that an export can leave out a record that its reader may not see and still prove the chain.
 */
export function chainHash(previousHash: string, digest: string): string {
  return createHash("sha256").update("\x01").update(previousHash, "hex").update(digest, "hex").digest("hex");
}
