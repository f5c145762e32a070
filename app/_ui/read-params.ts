/** The query string of a page, as Next gives it to the server or as the browser has it. */
export type Params =
  | Record<string, string | string[] | undefined>
  | URLSearchParams
  | { get(name: string): string | null };

/** One value of the query string, or nothing. */
export function readParam(params: Params, name: string): string {
  if ("get" in params && typeof params.get === "function") return params.get(name) ?? "";
  const value = (params as Record<string, string | string[] | undefined>)[name];
  return (Array.isArray(value) ? value[0] : value) ?? "";
}

/** A comma-separated value as those of its parts that `allowed` knows. */
export function readParts<T extends string>(params: Params, name: string, allowed: readonly T[]): T[] {
  const parts = readParam(params, name).split(",");
  return allowed.filter((each) => parts.includes(each));
}
