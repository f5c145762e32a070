import { type Params, readParam } from "#app/_ui/read-params.ts";

export const catalogFacets = ["category", "cloud", "team"] as const;

const firstCards = 48;

/** What the address of the catalog asks the server: the first cards, or all of them. */
export function catalogQuestion(space: string, params: Params) {
  const chosen = catalogFacets.map((name) => [name, [readParam(params, name)]] as const).filter(([, [value]]) => value);
  return {
    space,
    query: readParam(params, "q"),
    ...(readParam(params, "all") === "yes" ? {} : { limit: firstCards }),
    ...(Object.fromEntries(chosen) as Partial<Record<(typeof catalogFacets)[number], string[]>>),
  };
}
