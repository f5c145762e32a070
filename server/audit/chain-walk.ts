import { chainHash, digestRecord } from "./chain.ts";
import type { EventParts } from "./export-lines.ts";

export const faultKinds = [
  "edited",
  "missing",
  "reordered",
  "truncated",
  "forked",
  "unsigned",
  "clock backwards",
] as const;

/** Something wrong: the first event it concerns (0: not the events, but what frames them), what kind, in words. */
export type Fault = { seq: number; kind: (typeof faultKinds)[number]; message: string };

/** A clock that was set back by more than this is a fault. */
const CLOCK_SKEW_MS = 5 * 60_000;
const MOST_FAULTS = 100;

/** A walk along the events of a chain, one after the other. */
export type ChainWalk = {
  /** The number the next event must have. */
  expected: number;
  /** The chain's hash before it; null while unknown, after a line that could not be read. */
  previous: string | null;
  faults: Fault[];
  /** Where a last event is known to be: its number and the hash after it. */
  end: { seq: number; hash: string } | null;
  lastTime: number;
  gaps: { from: number; to: number; fault: Fault }[];
};

export function startWalk(from: number, previous: string, end: ChainWalk["end"] = null): ChainWalk {
  return { expected: from, previous, end, faults: [], lastTime: Number.NEGATIVE_INFINITY, gaps: [] };
}

export function addFault(faults: Fault[], fault: Fault): void {
  if (faults.length < MOST_FAULTS) faults.push(fault);
}

/**
 * Takes the next event as it stands there; `following` is the one after it, if known, and tells an event whose number
 * was changed from one that is out of place. Returns the number of the place it was taken at.
 */
export function stepTo(walk: ChainWalk, event: EventParts, following: EventParts | null): number | null {
  if (walk.previous === null && event.seq === walk.expected + 1) walk.expected += 1;
  if (event.seq !== walk.expected && !isInPlace(walk, event, following)) return stepAside(walk, event);
  const seq = walk.expected;
  const fits = walk.previous === null || chainHash(walk.previous, digestOf(event)) === event.hash;
  if (!fits || event.seq !== seq)
    addFault(walk.faults, {
      seq,
      kind: "edited",
      message: `Event ${seq} is not what was written: its hash does not fit.`,
    });
  checkClock(walk, event, seq);
  walk.previous = event.hash;
  walk.expected = seq + 1;
  return seq;
}

/** A line stands where an event should, and cannot be read. */
export function stepOverUnreadable(walk: ChainWalk): void {
  const seq = walk.expected;
  addFault(walk.faults, { seq, kind: "edited", message: `The line at event ${seq} cannot be read.` });
  walk.previous = null;
}

function digestOf({ digest, record }: EventParts): string {
  return digest ?? digestRecord(record ?? Buffer.alloc(0));
}

/** Whether what follows, or the known end, shows that this event stands in the place of the expected one. */
function isInPlace(walk: ChainWalk, event: EventParts, following: EventParts | null): boolean {
  if (event.seq === 0) return true;
  if (walk.end && walk.end.seq === walk.expected && walk.end.hash === event.hash) return true;
  if (!following || following.seq !== walk.expected + 1) return false;
  return chainHash(event.hash, digestOf(following)) === following.hash;
}

function stepAside(walk: ChainWalk, event: EventParts): number | null {
  const { seq } = event;
  if (seq < walk.expected) {
    const gap = walk.gaps.find(({ from, to }) => from <= seq && seq <= to);
    if (gap) gap.fault.kind = "reordered";
    const message = `Event ${seq} stands after event ${walk.expected - 1}.`;
    if (gap) gap.fault.message = message;
    else addFault(walk.faults, { seq, kind: "reordered", message });
    return null;
  }
  const [from, to] = [walk.expected, seq - 1];
  const message = from === to ? `Event ${from} is not there.` : `Events ${from} to ${to} are not there.`;
  const fault: Fault = { seq: from, kind: "missing", message };
  walk.gaps.push({ from, to, fault });
  addFault(walk.faults, fault);
  walk.previous = event.hash;
  walk.expected = seq + 1;
  return seq;
}

function checkClock(walk: ChainWalk, { ts }: EventParts, seq: number): void {
  const time = ts === null ? Number.NaN : Date.parse(ts);
  if (Number.isNaN(time)) return;
  const minutes = Math.round((walk.lastTime - time) / 60_000);
  if (walk.lastTime - time > CLOCK_SKEW_MS)
    addFault(walk.faults, {
      seq,
      kind: "clock backwards",
      message: `Event ${seq} was written ${minutes} minutes before the event it follows.`,
    });
  walk.lastTime = time;
}
