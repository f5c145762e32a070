const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 } as const;

/**
 * The moment a word of the search line means, in UTC: `2026-10-01`, `2026-10-01T14:30`, `now`, `today`, `yesterday`,
 * `90m`, `24h`, `7d`, `2w` (ago). A whole day means its begin for "since", its end for "until". Null for anything else.
 */
export function parseMoment(word: string, now: Date, bound: "since" | "until"): Date | null {
  const text = word.toLowerCase();
  if (text === "now") return now;
  const ago = /^-?(\d{1,6})([mhdw])$/.exec(text);
  if (ago) return new Date(now.getTime() - Number(ago[1]) * unitMs[ago[2] as keyof typeof unitMs]);
  const midnight = dayOf(text, now);
  if (midnight !== null) return new Date(midnight + (bound === "until" ? unitMs.d : 0));
  const instant = /^\d{4}-\d{2}-\d{2}t\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(z|[+-]\d{2}:\d{2})?$/.exec(text);
  if (!instant) return null;
  return valid(Date.parse((instant[3] ? text : `${text}z`).toUpperCase()));
}

function dayOf(text: string, now: Date): number | null {
  const today = Math.floor(now.getTime() / unitMs.d) * unitMs.d;
  if (text === "today") return today;
  if (text === "yesterday") return today - unitMs.d;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const day = valid(Date.parse(`${text}T00:00Z`));
  // The parser of dates takes 30 February for a day in March.
  return day?.toISOString().startsWith(text) ? day.getTime() : null;
}

function valid(time: number): Date | null {
  return Number.isNaN(time) ? null : new Date(time);
}
