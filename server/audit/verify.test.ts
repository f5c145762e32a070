import { createHash } from "node:crypto";
import fs from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestDatabase } from "#db/testing/test-database.ts";
import { openAuditKey } from "./audit-key.ts";
import { chainHash, digestRecord, firstHash } from "./chain.ts";
import { type Checkpoint, checkpointLine, checkpointNote, readCheckpointLine } from "./checkpoint.ts";
import { checkpointLogPath } from "./checkpoint-log.ts";
import {
  endLine,
  endNote,
  eventLine,
  type Manifest,
  manifestLine,
  readEnd,
  readEventLine,
  readManifest,
} from "./export-lines.ts";
import { signCheckpointIfDue } from "./sign-checkpoint.ts";
import { castFor, exportText, linesOf, makeDataDir, moved, platform, record } from "./testing/trail.ts";
import { verifyExport } from "./verify.ts";

const database = openTestDatabase();
const cast = castFor(database);
const dataDir = makeDataDir();
afterAll(() => fs.rmSync(dataDir, { recursive: true }));

let whole: Buffer;
let partial: Buffer;
/** A few lines of every kind. */
let small: Buffer;
let publicKey: string;
let log: string[];

beforeAll(async () => {
  for (let i = 0; i < 3; i++) {
    await record(cast.maya(), moved(`env-${i}`, "active"), moved(`other-${i}`, "active", platform));
    cast.pass(31_000);
    await signCheckpointIfDue(cast.worker(), dataDir);
  }
  whole = Buffer.from(await exportText(cast.alex(), dataDir));
  partial = Buffer.from(await exportText(cast.audrey(), dataDir, "action:environment.*"));
  small = Buffer.from(await exportText(cast.alex(), dataDir, "seq:8"));
  publicKey = openAuditKey(dataDir).publicKey;
  await signCheckpointIfDue(cast.worker(), dataDir);
  log = fs.readFileSync(checkpointLogPath(dataDir), "utf8").split("\n").filter(Boolean);
});

const verify = (bytes: Buffer, checkpoints = log) => verifyExport(linesOf(bytes), { checkpoints, keys: [publicKey] });

const joined = (lines: (Buffer | string)[]) => Buffer.from(lines.map((line) => `${line.toString()}\n`).join(""));

/** Number and place of the event lines of the full export. */
function eventPlaces(bytes: Buffer) {
  return linesOf(bytes).flatMap((line, at) => {
    const event = readEventLine(line);
    return event ? [{ at, seq: event.seq, line }] : [];
  });
}

/** The same lines under an end that fits them: what somebody can do who got hold of the portal's key. */
function resigned(lines: (Buffer | string)[]): Buffer {
  const body = joined(lines.slice(0, -1));
  const end = readEnd(Buffer.from(lines.at(-1) ?? ""));
  const events = linesOf(body).flatMap((line) => readEventLine(line) ?? []);
  const counts = {
    events: events.filter((event) => event.record).length,
    withheld: events.filter((event) => !event.record).length,
    digest: createHash("sha256").update(body).digest("hex"),
  };
  const signature = openAuditKey(dataDir).sign(endNote(counts));
  return Buffer.concat([body, Buffer.from(`${endLine({ ...counts, key: end?.key ?? "", signature })}\n`)]);
}

/** Changes an event's record and hashes everything from there on anew. */
function rewritten(bytes: Buffer, seq: number, change: (record: string) => string): string[] {
  let previous = firstHash;
  return linesOf(bytes).map((line) => {
    const event = readEventLine(line);
    if (!event?.record) return line.toString();
    if (event.seq < seq) {
      previous = event.hash;
      return line.toString();
    }
    const text = event.seq === seq ? change(event.record.toString()) : event.record.toString();
    previous = chainHash(previous, digestRecord(text));
    return eventLine({ hash: previous, record: text });
  });
}

function withManifest(lines: string[], change: Partial<Manifest>): string[] {
  const manifest = readManifest(Buffer.from(lines[0] ?? ""));
  if (!manifest) throw new Error("no manifest");
  return [manifestLine({ ...manifest, ...change }), ...lines.slice(1)];
}

const isCheckpoint = (line: string) => readCheckpointLine(line) !== null;
const headOf = (lines: string[]) => readEventLine(Buffer.from(lines.at(-2) ?? ""))?.hash ?? "";

describe("an untouched export", () => {
  test("is consistent, with and without what was kept elsewhere", async () => {
    const report = await verify(whole);
    expect(report.faults).toEqual([]);
    expect(report).toMatchObject({ withheld: 0, from: 1, to: report.events });
    expect(report.checkpoints).toBeGreaterThan(1);
    const alone = await verifyExport(linesOf(whole), { checkpoints: [], keys: [] });
    expect(alone.faults).toEqual([]);
    expect(alone.notices).toEqual([expect.stringContaining("No key was given")]);
  });

  test("of somebody who sees one space proves the chain through what is withheld", async () => {
    const report = await verify(partial);
    expect(report.faults).toEqual([]);
    expect(report.events).toBe(3);
    expect(report.withheld).toBeGreaterThan(3);
    expect(partial.toString()).not.toContain("other-");
  });
});

test("a change of any byte is found, and the event it is in is named", async () => {
  const places: { seq: number; from: number; to: number }[] = [];
  let from = 0;
  for (const line of linesOf(small)) {
    const event = readEventLine(line);
    if (event) places.push({ seq: event.seq, from, to: from + line.length });
    from += line.length + 1;
  }
  for (let at = 0; at < small.length; at++) {
    const changed = Buffer.from(small);
    changed[at] = (changed[at] ?? 0) ^ (at % 3 === 0 ? 0x20 : 0x01);
    const { faults } = await verify(changed, []);
    const place = places.find((candidate) => candidate.from <= at && at < candidate.to);
    expect(faults.length, `byte ${at}`).toBeGreaterThan(0);
    if (place) expect(faults[0], `byte ${at} of event ${place.seq}`).toMatchObject({ seq: place.seq, kind: "edited" });
  }
});

describe.each(["whole", "partial"] as const)("of the %s export", (which) => {
  const bytes = () => (which === "whole" ? whole : partial);

  test("a deleted event is missing, whoever signs the rest", async () => {
    for (const { at, seq } of eventPlaces(bytes()).slice(0, -1)) {
      const lines = linesOf(bytes()).toSpliced(at, 1);
      expect((await verify(joined(lines))).faults[0]).toMatchObject({ seq, kind: "missing" });
      expect((await verify(resigned(lines))).faults[0]).toMatchObject({ seq, kind: "missing" });
    }
  });

  test("two events that changed places are reordered, a repeated one too", async () => {
    for (const { at, seq } of eventPlaces(bytes()).slice(0, -2)) {
      const lines = linesOf(bytes());
      const [first, second] = [lines[at], lines[at + 1]];
      if (!first || !second) throw new Error("no such lines");
      expect((await verify(resigned(lines.toSpliced(at, 2, second, first)))).faults[0]).toMatchObject({
        seq,
        kind: "reordered",
      });
      expect((await verify(resigned(lines.toSpliced(at, 0, first)))).faults[0]).toMatchObject({
        seq,
        kind: "reordered",
      });
    }
  });

  test("an export that was cut after any line is truncated", async () => {
    const lines = linesOf(bytes());
    const [first] = eventPlaces(bytes());
    for (let length = (first?.at ?? 0) + 1; length < lines.length; length++) {
      const { faults } = await verify(joined(lines.slice(0, length)));
      const last = readEventLine(lines[length - 1] ?? Buffer.alloc(0));
      expect(faults[0]).toMatchObject({ kind: "truncated", seq: (last?.seq ?? 0) + 1 });
    }
  });
});

describe("with the portal's own key and database, history cannot be rewritten", () => {
  const forge = (record: string) => record.replace("launching", "launchung");

  test("an edit with every later hash made anew contradicts the checkpoints", async () => {
    for (const { seq, line } of eventPlaces(whole)) {
      if (!line.includes("launching")) continue;
      const lines = rewritten(whole, seq, forge);
      const { faults } = await verify(resigned(withManifest(lines, { head: headOf(lines) })), []);
      expect(faults[0]?.kind).toBe("forked");
      expect(faults[0]?.seq).toBeLessThanOrEqual(seq);
    }
  });

  test("with all checkpoints inside signed anew as well, those kept elsewhere tell", async () => {
    const lines = rewritten(whole, 3, forge).filter((line) => !isCheckpoint(line));
    const events = lines.flatMap((line) => readEventLine(Buffer.from(line)) ?? []);
    const last = events.at(-1);
    if (!last) throw new Error("no events");
    const unsigned = { seq: last.seq, hash: last.hash, at: new Date("2026-10-01T13:00:00Z") };
    const key = openAuditKey(dataDir);
    const checkpoint: Checkpoint = { ...unsigned, keyId: key.id, signature: key.sign(checkpointNote(unsigned)) };
    const forged = resigned(withManifest(lines.toSpliced(1, 0, checkpointLine(checkpoint)), { head: last.hash }));
    expect((await verify(forged, [])).faults).toEqual([]);
    expect((await verify(forged)).faults[0]).toMatchObject({ kind: "forked" });
  });

  test("a trail cut back to an old signed head is shorter than what was signed", async () => {
    const old = log.map(readCheckpointLine)[1];
    if (!old) throw new Error("no checkpoint");
    const kept = linesOf(whole)
      .map(String)
      .filter((line) => (readEventLine(Buffer.from(line))?.seq ?? readCheckpointLine(line)?.seq ?? 0) <= old.seq);
    const forged = resigned(
      withManifest(kept, { to: old.seq, head: old.hash, exported_at: "2026-10-02T00:00:00.000Z" }),
    );
    expect((await verify(forged, [])).faults).toEqual([]);
    expect((await verify(forged)).faults[0]).toMatchObject({ seq: old.seq + 1, kind: "truncated" });
  });

  test("a checkpoint whose signature is of another head is unsigned", async () => {
    const lines = linesOf(whole).map(String);
    const [first, second] = lines.flatMap((line) => readCheckpointLine(line) ?? []);
    if (!first || !second) throw new Error("no checkpoints");
    const forged = checkpointLine({ ...second, signature: first.signature });
    const swapped = resigned(lines.map((line) => (line === checkpointLine(second) ? forged : line)));
    expect((await verify(swapped, [])).faults).toContainEqual({
      seq: second.seq,
      kind: "unsigned",
      message: expect.stringContaining("signature that does not fit"),
    });
  });

  test("events that no checkpoint covers are unsigned", async () => {
    const lines = linesOf(whole).map(String);
    const bare = resigned(lines.filter((line) => !isCheckpoint(line)));
    expect((await verify(bare, [])).faults[0]).toMatchObject({ seq: 1, kind: "unsigned" });
  });

  test("a signature of a key that is not trusted counts for nothing", async () => {
    const other = openAuditKey(makeDataDir()).publicKey;
    const { faults } = await verifyExport(linesOf(whole), { checkpoints: log, keys: [other] });
    expect(new Set(faults.map((fault) => fault.kind))).toEqual(new Set(["unsigned"]));
  });

  test("a clock that was set back is named, small steps are not", async () => {
    const later = (minutes: number) => (record: string) =>
      record.replace(/"ts":"[^"]+"/, `"ts":"2026-10-01T12:${String(minutes).padStart(2, "0")}:00.000Z"`);
    const kinds = async (minutes: number) =>
      (await verify(resigned(rewritten(whole, 3, later(minutes))), [])).faults.map(({ seq, kind }) => `${seq} ${kind}`);
    expect(await kinds(30)).toContain("4 clock backwards");
    expect((await kinds(3)).some((fault) => fault.endsWith("clock backwards"))).toBe(false);
  });
});
