import type { QuantityFrom } from "#server/cost/cost.ts";
import type { ResourceView } from "#server/cost/priced-type.ts";

/**
 * How many things a list names. Where its members only get their names at apply, as many as it refers to: the list may
 * leave some of them out, so this is an assumption and says so.
 */
export function memberCount(
  resource: ResourceView,
  name: string,
  type: string,
): { count: number; from: QuantityFrom; note?: string } {
  const referred = resource.isUnknown(name) ? resource.targets(name, type).length : 0;
  if (referred === 0) return { count: resource.list(name).length, from: "config" };
  return { count: referred, from: "assumed", note: `as many as ${name} refers to` };
}
