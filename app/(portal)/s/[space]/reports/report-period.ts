import { type Params, readParam } from "#app/_ui/read-params.ts";
import { fromLocalInput, toLocalInput } from "#app/_ui/time/local-input.ts";

export const periods = [
  { value: "30d", label: "Last 30 days" },
  { value: "7d", label: "Last 7 days" },
  { value: "90d", label: "Last 90 days" },
  { value: "month", label: "This month" },
] as const;

export type Period = { name: string; from: Date; to: Date; fromDay: string; toDay: string };

const dayMs = 86_400_000;

/** The period of the address, in whole days of the space's zone; `to` is the end of its last day. */
export function reportPeriod(params: Params, now: Date, zone: string): Period {
  const today = toLocalInput(now, zone).slice(0, 10);
  const from = readParam(params, "from");
  const to = readParam(params, "to");
  if (isDay(from) && isDay(to) && from <= to) return between("own", from, to, zone);
  const name = periods.find((each) => each.value === readParam(params, "period"))?.value ?? "30d";
  if (name === "month") return between(name, `${today.slice(0, 7)}-01`, today, zone);
  const days = Number.parseInt(name, 10);
  return between(name, addDays(today, 1 - days), today, zone);
}

function between(name: string, fromDay: string, toDay: string, zone: string): Period {
  const midnight = (day: string) => fromLocalInput(`${day}T00:00`, zone) ?? new Date(`${day}T00:00:00Z`);
  return { name, fromDay, toDay, from: midnight(fromDay), to: midnight(addDays(toDay, 1)) };
}

function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10);
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}
