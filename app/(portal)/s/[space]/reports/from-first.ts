const least = 7;

/** The days of a chart: those before the first with anything are left out, but a week always stays. */
export function fromFirst<Day>(days: readonly Day[], hasData: (day: Day) => boolean): Day[] {
  const first = days.findIndex(hasData);
  return days.slice(first < 0 ? -least : Math.min(first, Math.max(0, days.length - least)));
}
