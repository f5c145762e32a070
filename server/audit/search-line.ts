import { channels } from "#server/actor.ts";
import { auditActions, outcomes } from "./audit-event.ts";
import { parseMoment } from "./search-moment.ts";
import { wordsOf } from "./search-words.ts";

/** The words before a colon, what they ask, and an example: the grammar's one list, also for completion. */
export const searchKeys = {
  actor: { asks: "who acted: name, e-mail, id, or me", example: "actor:maya" },
  via: { asks: `the door: ${channels.join(", ")}`, example: "via:mcp" },
  action: { asks: "what was done; * stands for the rest", example: "action:approval.*" },
  target: { asks: "on what: id, or how the name begins", example: "target:env-77" },
  type: { asks: "on what kind of thing", example: "type:environment" },
  space: { asks: "where: short name of a space, or account", example: "space:payments" },
  outcome: { asks: outcomes.join(", "), example: "outcome:denied" },
  since: { asks: "from then on: a date, a time, or how long ago", example: "since:7d" },
  until: { asks: "up to then: a date (all of it), a time, now", example: "until:2026-10-01" },
  ip: { asks: "the address; * stands for the rest", example: "ip:10.*" },
  request: { asks: "the id of one request", example: "request:4be7b0fe-…" },
  seq: { asks: "the number of one event", example: "seq:48213" },
} as const;
export type SearchKey = keyof typeof searchKeys;

/** One part of the line. `from` and `to` count characters of the line, `to` being behind the last. */
export type SearchToken = { key: SearchKey | "text"; value: string; negated: boolean; from: number; to: number };

/** A part that means nothing: where, why, and what to write instead. */
export type SearchProblem = { from: number; to: number; text: string; message: string; remedy: string };

export const LONGEST_LINE = 1000;
const MOST_TOKENS = 40;

/** Reads a search line. A token is either understood or reported; none is passed over. */
export function parseSearchLine(line: string, now: Date): { tokens: SearchToken[]; problems: SearchProblem[] } {
  const tokens: SearchToken[] = [];
  const problems: SearchProblem[] = [];
  for (const piece of cutLine(line.slice(0, LONGEST_LINE))) {
    const fault = piece.fault ?? faultOf(piece.token, now);
    const { from, to } = piece.token;
    if (fault) problems.push({ from, to, text: line.slice(from, to), ...fault });
    else tokens.push(piece.token);
  }
  if (line.length > LONGEST_LINE || tokens.length > MOST_TOKENS) {
    const message = `The line is too long: at most ${LONGEST_LINE} characters and ${MOST_TOKENS} parts.`;
    problems.push({ from: LONGEST_LINE, to: line.length, text: "", message, remedy: "Leave something out." });
  }
  return { tokens, problems };
}

type Fault = { message: string; remedy: string };
type Piece = { token: SearchToken; fault?: Fault };

/** Cuts at blanks outside of quotes: `-key:"quoted value"`, `key:value`, `"a phrase"`, `word`. */
function* cutLine(line: string): Generator<Piece> {
  const pattern = /\S/g;
  for (let start = pattern.exec(line); start; start = pattern.exec(line)) {
    const from = start.index;
    const head = /^(-?)(?:([A-Za-z_]+):)?/.exec(line.slice(from)) ?? ["", "", undefined];
    const valueFrom = from + head[0].length;
    const isQuoted = line[valueFrom] === '"';
    const rest = line.slice(valueFrom);
    const quoted = isQuoted ? /^"([^"]*)"?(\S*)/.exec(rest) : null;
    const value = quoted ? (quoted[1] ?? "") : (/^\S*/.exec(rest)?.[0] ?? "");
    const to = valueFrom + (quoted ? quoted[0].length : value.length);
    pattern.lastIndex = to;
    const key = (head[2]?.toLowerCase() ?? "text") as SearchToken["key"];
    const token = { key, value, negated: head[1] === "-", from, to };
    if (isQuoted && rest.indexOf('"', 1) < 0) yield { token, fault: unended };
    else if (quoted?.[2]) yield { token, fault: glued };
    else yield { token };
  }
}

const unended: Fault = { message: "The quotation mark is never closed.", remedy: 'Close it with another ".' };
const glued: Fault = { message: "Something follows the closing quotation mark.", remedy: "Put a blank between." };

function faultOf({ key, value }: SearchToken, now: Date): Fault | null {
  if (key !== "text" && !(key in searchKeys))
    return {
      message: `"${key}:" is not a word of the search.`,
      remedy: `Use ${Object.keys(searchKeys).join(", ")}; to search for the text itself put it in quotation marks.`,
    };
  if (key === "text")
    return wordsOf(value).length > 0 ? null : { message: "There is no word to look for.", remedy: "Leave it out." };
  if (value === "") return { message: `"${key}:" needs a value.`, remedy: `For example ${searchKeys[key].example}.` };
  const star = value.indexOf("*");
  if (star >= 0 && (star < value.length - 1 || !["actor", "action", "target", "ip"].includes(key)))
    return { message: "A * can only stand at the end.", remedy: `For example ${searchKeys[key].example}.` };
  return checks[key]?.(value.toLowerCase(), now) ?? null;
}

/** Keys whose values are known. Names of spaces are checked where they are looked up. */
const checks: Partial<Record<SearchKey, (value: string, now: Date) => Fault | null>> = {
  via: (value) => oneOf("way in", value, channels),
  outcome: (value) => oneOf("outcome", value, outcomes),
  action: (value) => (actionsLike(value).length > 0 ? null : oneOf("action", value, auditActions)),
  since: (value, now) => moment(value, now, "since"),
  until: (value, now) => moment(value, now, "until"),
  seq: (value) =>
    /^\d{1,15}$/.test(value) ? null : { message: "This is not a number.", remedy: "For example seq:48213." },
};

/** The actions a value stands for: one, or with `*` all that begin so. */
export function actionsLike(value: string): readonly string[] {
  const wanted = value.toLowerCase();
  if (!wanted.endsWith("*")) return auditActions.filter((action) => action === wanted);
  return auditActions.filter((action) => action.startsWith(wanted.slice(0, -1)));
}

function oneOf(what: string, value: string, known: readonly string[]): Fault | null {
  if (known.includes(value)) return null;
  const near = known.filter((word) => word.includes(value.replace("*", "").slice(0, 5)) && value.length > 2);
  const offered = near.length > 0 ? near : known;
  return { message: `There is no ${what} "${value}".`, remedy: `Use ${offered.slice(0, 8).join(", ")}.` };
}

function moment(value: string, now: Date, bound: "since" | "until"): Fault | null {
  if (parseMoment(value, now, bound)) return null;
  return {
    message: `"${value}" is not a date or time.`,
    remedy: "Write 2026-10-01, 2026-10-01T14:30, 24h, 7d, today, yesterday or now (UTC).",
  };
}
