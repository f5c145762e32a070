import { z } from "zod";
import { canonicalJson } from "#server/canonical-json.ts";

const Hash = z.string().regex(/^[0-9a-f]{64}$/);
const Count = z.number().int().nonnegative();

/** What an export says of itself, in its first line. */
const Manifest = z.strictObject({
  version: z.literal(1),
  /** Numbers of the first and last event, and the chain's hash before the first and after the last. */
  from: Count,
  to: Count,
  previous: Hash,
  head: Hash,
  /** The search line; events it does not ask for, or the exporter may not see, are withheld: digest and hash only. */
  search: z.string(),
  exported_at: z.iso.datetime(),
  exported_by: z.string(),
  /** Public keys by id. */
  keys: z.record(z.string(), z.string()),
});
export type Manifest = z.infer<typeof Manifest>;

/** The last line: how many lines of each kind, and a signature over the digest of everything above. */
const End = z.strictObject({ events: Count, withheld: Count, digest: Hash, key: z.string(), signature: z.string() });
export type End = z.infer<typeof End>;

export const manifestLine = (manifest: Manifest) => canonicalJson({ manifest });
export const endLine = (end: End) => canonicalJson({ end });
/** The text an export's signature is over. */
export const endNote = (end: Omit<End, "key" | "signature">) =>
  `gantry audit export\n${end.events}\n${end.withheld}\n${end.digest}\n`;

/** An event that is shown: its record stands there as it was hashed. */
export const eventLine = (event: { hash: string; record: string }) =>
  `{"hash":"${event.hash}","record":${event.record}}`;

/** An event that is withheld: the chain can be followed through it. */
export const withheldLine = (event: { digest: string; hash: string; seq: number }) =>
  `{"digest":"${event.digest}","hash":"${event.hash}","seq":${event.seq}}`;

const eventStart = /^\{"hash":"([0-9a-f]{64})","record":$/;
const withheldForm = /^\{"digest":"([0-9a-f]{64})","hash":"([0-9a-f]{64})","seq":([1-9]\d{0,14})\}$/;
const START_LENGTH = '{"hash":"","record":'.length + 64;

/** A line of an event, taken apart; `record` is null where it is withheld. */
export type EventParts = { hash: string; digest: string | null; record: Buffer | null; seq: number; ts: string | null };

/** Reads the line of an event, of either form; null when it is neither, to the byte. */
export function readEventLine(line: Buffer): EventParts | null {
  const start = eventStart.exec(line.toString("latin1", 0, START_LENGTH));
  if (start?.[1] && line[line.length - 1] === 0x7d) {
    const record = line.subarray(START_LENGTH, line.length - 1);
    const { seq, ts } = readRecord(record);
    return { hash: start[1], digest: null, record, seq, ts };
  }
  const withheld = withheldForm.exec(line.toString("latin1"));
  if (!withheld?.[1] || !withheld[2]) return null;
  return { hash: withheld[2], digest: withheld[1], record: null, seq: Number(withheld[3]), ts: null };
}

/** Number and time of a record; 0 and null where it is no readable record (its hash tells what to think of it). */
function readRecord(record: Buffer): { seq: number; ts: string | null } {
  try {
    const { seq, ts } = JSON.parse(record.toString("utf8")) as Record<string, unknown>;
    return { seq: typeof seq === "number" ? seq : 0, ts: typeof ts === "string" ? ts : null };
  } catch {
    return { seq: 0, ts: null };
  }
}

/** Reads the first line; null when it is not, to the byte, what its writer writes. */
export function readManifest(line: Buffer): Manifest | null {
  const manifest = Manifest.safeParse(fieldOf("manifest", line));
  return manifest.success && manifestLine(manifest.data) === line.toString("utf8") ? manifest.data : null;
}

/** Reads the last line, likewise. */
export function readEnd(line: Buffer): End | null {
  const end = End.safeParse(fieldOf("end", line));
  return end.success && endLine(end.data) === line.toString("utf8") ? end.data : null;
}

function fieldOf(name: "manifest" | "end", line: Buffer): unknown {
  try {
    return (JSON.parse(line.toString("utf8")) as Record<string, unknown> | null)?.[name];
  } catch {
    return null;
  }
}
