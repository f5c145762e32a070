import { createHash, type Hash } from "node:crypto";
import { isSigned, keyIdOf } from "./audit-key.ts";
import { firstHash } from "./chain.ts";
import { addFault, type ChainWalk, type Fault, startWalk, stepOverUnreadable, stepTo } from "./chain-walk.ts";
import { type Checkpoint, checkpointNote, readCheckpointLine } from "./checkpoint.ts";
import {
  type End,
  type EventParts,
  endNote,
  type Manifest,
  readEnd,
  readEventLine,
  readManifest,
} from "./export-lines.ts";

/** What an auditor holds beside the export. */
export type Witness = {
  /** Lines of checkpoint logs that were kept elsewhere. */
  checkpoints: readonly string[];
  /** Public keys (PEM) that are trusted; when empty, those the export brings along. */
  keys: readonly string[];
};

export type VerifyReport = {
  events: number;
  withheld: number;
  from: number;
  to: number;
  head: string;
  checkpoints: number;
  /** Ordered by event; empty when everything is consistent. */
  faults: Fault[];
  notices: string[];
};

type Pass = {
  manifest: Manifest | null;
  keys: Map<string, string>;
  walk: ChainWalk;
  /** An event waits for the one after it. */
  held: EventParts | null;
  events: number;
  withheld: number;
  /** Checkpoints by the event they sign. */
  signed: Map<number, Checkpoint[]>;
  signedTo: number;
  agreed: number;
  digest: Hash;
  faults: Fault[];
  notices: string[];
};

/**
 * Checks an export by itself and against what was kept elsewhere: one pass, no server, no database.
 * `lines` are the export's lines as bytes, without their line ends.
 */
export async function verifyExport(
  lines: AsyncIterable<Buffer> | Iterable<Buffer>,
  witness: Witness,
): Promise<VerifyReport> {
  let pass: Pass | undefined;
  // One line behind: the last one is read as the end.
  let held: Buffer | undefined;
  for await (const line of lines) {
    if (!pass) pass = begin(line, witness);
    else {
      if (held) takeLine(pass, held);
      held = line;
    }
  }
  return finish(pass ?? begin(Buffer.alloc(0), witness), held);
}

function begin(line: Buffer, witness: Witness): Pass {
  const manifest = readManifest(line);
  const { from = 1, previous = firstHash, to = 0, head = "" } = manifest ?? {};
  const pass: Pass = {
    manifest,
    keys: new Map(),
    walk: startWalk(from, previous, manifest ? { seq: to, hash: head } : null),
    held: null,
    events: 0,
    withheld: 0,
    signed: new Map(),
    signedTo: from - 1,
    agreed: 0,
    digest: createHash("sha256").update(line).update("\n"),
    faults: [],
    notices: [],
  };
  if (!manifest) addFault(pass.faults, frameFault("edited", "The first line is not the manifest of an export."));
  else if (from === 1 && previous !== firstHash)
    addFault(pass.faults, frameFault("edited", "The manifest lets the chain begin with another hash than it does."));
  if (from > 1) pass.notices.push(`The export begins with event ${from}: what came before is not shown.`);
  collectKeys(pass, witness.keys);
  for (const text of witness.checkpoints) takeOutsideCheckpoint(pass, text);
  return pass;
}

function frameFault(kind: Fault["kind"], message: string): Fault {
  return { seq: 0, kind, message };
}

function collectKeys(pass: Pass, trusted: readonly string[]): void {
  for (const key of trusted) pass.keys.set(keyIdOf(key), key);
  if (trusted.length > 0) return;
  pass.notices.push("No key was given: the keys the export brings along are used. Compare them with ones you trust.");
  for (const key of Object.values(pass.manifest?.keys ?? {}))
    try {
      pass.keys.set(keyIdOf(key), key);
    } catch {
      addFault(pass.faults, frameFault("edited", "The manifest names a key that is none."));
    }
}

function takeLine(pass: Pass, line: Buffer): void {
  pass.digest.update(line).update("\n");
  const event = readEventLine(line);
  if (event) {
    stepHeld(pass, event);
    pass.held = event;
    return;
  }
  const checkpoint = readCheckpointLine(line.toString("utf8"));
  if (checkpoint) takeCheckpoint(pass, checkpoint);
  else {
    stepHeld(pass, null);
    stepOverUnreadable(pass.walk);
  }
}

/** Takes the event that waited, now that the next is known; then compares the chain with what was signed there. */
function stepHeld(pass: Pass, following: EventParts | null): void {
  const { held, walk } = pass;
  if (!held) return;
  pass.held = null;
  if (held.record) pass.events += 1;
  else pass.withheld += 1;
  const seq = stepTo(walk, held, following);
  for (const checkpoint of (seq !== null && pass.signed.get(seq)) || []) compare(pass, checkpoint, held.hash);
}

function compare(pass: Pass, { seq, hash }: Checkpoint, found: string): void {
  const isNamed = pass.walk.faults.some((fault) => fault.seq === seq);
  if (hash === found) pass.agreed += 1;
  else if (!isNamed)
    addFault(pass.faults, {
      seq: pass.signedTo + 1,
      kind: "forked",
      message: `The chain was signed at event ${seq} with another hash: between event ${pass.signedTo + 1} and ${seq} history was rewritten.`,
    });
  pass.signedTo = seq;
}

function takeCheckpoint(pass: Pass, checkpoint: Checkpoint): void {
  const { seq } = checkpoint;
  if (!isTrusted(pass, checkpoint)) return;
  const others = pass.signed.get(seq) ?? [];
  const isKnown = others.some((other) => other.hash === checkpoint.hash);
  if (!isKnown) pass.signed.set(seq, [...others, checkpoint]);
}

function isTrusted(pass: Pass, checkpoint: Checkpoint): boolean {
  const { seq, keyId, signature } = checkpoint;
  const key = pass.keys.get(keyId);
  if (key !== undefined && isSigned(checkpointNote(checkpoint), signature, key)) return true;
  const why =
    key === undefined ? `is signed by key ${keyId}, which is not trusted` : "has a signature that does not fit";
  addFault(pass.faults, { seq, kind: "unsigned", message: `The checkpoint at event ${seq} ${why}.` });
  return false;
}

function takeOutsideCheckpoint(pass: Pass, text: string): void {
  const checkpoint = readCheckpointLine(text);
  if (!checkpoint) {
    addFault(pass.faults, frameFault("edited", "A line of the checkpoint log cannot be read."));
    return;
  }
  const { exported_at: exportedAt = "", from = 1, to = 0 } = pass.manifest ?? {};
  if (checkpoint.seq >= from && checkpoint.seq <= to) takeCheckpoint(pass, checkpoint);
  else if (checkpoint.seq > to && checkpoint.at.toISOString() < exportedAt && isTrusted(pass, checkpoint))
    addFault(pass.faults, {
      seq: to + 1,
      kind: "truncated",
      message: `Event ${checkpoint.seq} was signed before this export was made, which ends with event ${to}.`,
    });
}

function finish(pass: Pass, last: Buffer | undefined): VerifyReport {
  const end = last ? readEnd(last) : null;
  if (!end && last) takeLine(pass, last);
  stepHeld(pass, null);
  const { walk, manifest, signedTo, events, withheld, notices, agreed } = pass;
  const lastSeq = walk.expected - 1;
  const isCut = !end || (manifest !== null && lastSeq < manifest.to);
  if (isCut) {
    const message = `The export ends after event ${lastSeq}${manifest ? ` and should go on to ${manifest.to}` : ""}, with an end.`;
    addFault(pass.faults, { seq: walk.expected, kind: "truncated", message });
  }
  if (!isCut && lastSeq > signedTo && events + withheld > 0) {
    const message = `No checkpoint covers the events ${signedTo + 1} to ${lastSeq}.`;
    addFault(pass.faults, { seq: signedTo + 1, kind: "unsigned", message });
  }
  if (end) checkEnd(pass, end);
  return {
    ...{ events, withheld, notices, to: lastSeq, checkpoints: agreed },
    from: manifest?.from ?? 1,
    head: walk.previous ?? "",
    faults: inOrder([...walk.faults, ...pass.faults]),
  };
}

/** By event; what frames the events last; the cause before what follows from it. */
function inOrder(faults: Fault[]): Fault[] {
  const place = ({ seq }: Fault) => seq || Number.POSITIVE_INFINITY;
  const isConsequence = ({ kind }: Fault) => (kind === "unsigned" || kind === "truncated" ? 1 : 0);
  return faults.sort((a, b) => (place(a) === place(b) ? isConsequence(a) - isConsequence(b) : place(a) - place(b)));
}

function checkEnd(pass: Pass, end: End): void {
  const isSame =
    end.digest === pass.digest.digest("hex") &&
    end.events === pass.events &&
    end.withheld === pass.withheld &&
    (!pass.manifest || pass.manifest.head === pass.walk.previous);
  if (!isSame)
    addFault(pass.faults, frameFault("edited", "The export is not what was written: its digest does not fit."));
  const key = pass.keys.get(end.key);
  if (key === undefined || !isSigned(endNote(end), end.signature, key))
    addFault(pass.faults, frameFault("unsigned", "The export's signature does not fit, or its key is not trusted."));
}
