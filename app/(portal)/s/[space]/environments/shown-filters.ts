import { type Params, readParam } from "#app/_ui/read-params.ts";
import { calendarDay } from "#app/_ui/time/format-time.ts";
import { outcomeWords, stateGroups } from "./list-question.ts";

/** A filter of the address, in words. `hasField`: a field of the page shows it already. */
export type ShownFilter = { name: string; label: string; hasField: boolean };

/** What narrows the list, in the order of the page; days in the space's zone. */
export function shownFilters(params: Params, zone: string): ShownFilter[] {
  const given = (name: string, label: (value: string) => string | null, hasField = false): ShownFilter[] => {
    const value = readParam(params, name);
    const words = value ? label(value) : null;
    return words ? [{ name, label: words, hasField }] : [];
  };
  const day = (word: string) => (value: string) => {
    const at = new Date(value);
    return Number.isNaN(at.getTime()) ? null : `${word} ${calendarDay(at, zone, new Date())}`;
  };
  const state = readParam(params, "state");
  const isGroup = stateGroups.some(({ value }) => value === state);
  return [
    ...given("q", (text) => `"${text}"`, true),
    ...given("state", (value) => `state: ${value.split(",").join(", ").replaceAll("_", " ")}`, isGroup),
    ...given("owner", (value) => (value === "me" ? "mine" : null), true),
    ...given("blueprint", (name) => `blueprint: ${name}`),
    ...given("outcome", (name) => outcomeWords[name as keyof typeof outcomeWords] ?? null),
    ...given("from", day("asked for from")),
    ...given("before", day("asked for before")),
  ];
}
