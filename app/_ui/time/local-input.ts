/** An instant as a `datetime-local` field wants it, in the zone: `2026-11-20T18:00`. */
export function toLocalInput(at: Date, zone: string): string {
  return new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  })
    .format(at)
    .replace(" ", "T");
}

/** The instant a clock in `zone` shows as this text; null for anything else. A time the clocks skip is moved forward. */
export function fromLocalInput(text: string, zone: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return null;
  const wanted = Date.parse(`${text}:00Z`);
  if (Number.isNaN(wanted)) return null;
  // The zone's offset at the guess gives a better guess; a second round settles it near a change of clocks.
  let guess = wanted;
  for (let round = 0; round < 2; round++) guess += wanted - Date.parse(`${toLocalInput(new Date(guess), zone)}:00Z`);
  return new Date(guess);
}
