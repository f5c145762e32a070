import { fromLocalInput, toLocalInput } from "#app/_ui/time/local-input.ts";

export type ExtendChoice = { label: string; until: Date };

const hour = 3_600_000;

/** Usual later ends: an hour, half a day, and the end of the working day or week in the reader's zone. */
export function extendChoices(endsAt: Date, now: Date, zone: string): ExtendChoice[] {
  const local = toLocalInput(now, zone).slice(0, 10);
  const evening = fromLocalInput(`${local}T18:00`, zone);
  const friday = fromLocalInput(`${fridayOf(local)}T18:00`, zone);
  const choices = [
    { label: "+1 h", until: new Date(endsAt.getTime() + hour) },
    { label: "+4 h", until: new Date(endsAt.getTime() + 4 * hour) },
    ...(evening ? [{ label: "Until today 18:00", until: evening }] : []),
    ...(friday ? [{ label: "Until Friday 18:00", until: friday }] : []),
  ];
  const seen = new Set<number>();
  return choices.filter(({ until }) => {
    const later = until > endsAt && until > now && !seen.has(until.getTime());
    seen.add(until.getTime());
    return later;
  });
}

/** The Friday of this week, or of the next when today is past it. */
function fridayOf(day: string): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + ((5 - date.getUTCDay() + 7) % 7));
  return date.toISOString().slice(0, 10);
}
