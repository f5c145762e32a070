import { z } from "zod";
import { requirePermission } from "#server/auth/permissions.ts";
import type { Context } from "#server/context.ts";
import { type CatalogCard, type Facet, type Facets, facetValues } from "./catalog.ts";
import { readCards } from "./read-entries.ts";
import { type Index, indexCatalog, searchIndex } from "./search-catalog.ts";

const choice = z.array(z.string().max(200)).max(50).optional();

export const ListCatalogInput = z.object({
  spaceId: z.uuid(),
  query: z.string().max(500).default(""),
  /** Each lists the values wanted; an empty or missing list wants all. */
  category: choice,
  cloud: choice,
  team: choice,
  starred: z.boolean().default(false),
  /** The best so many. */
  limit: z.number().int().min(1).max(1_000).default(1_000),
});
type Filters = z.infer<typeof ListCatalogInput>;

/**
 * What a space offers, best match first; without a query starred ones come first, then by title. A facet counts what its
 * choice would give with the query and the other filters as they are.
 */
export async function listCatalog(
  ctx: Context,
  input: z.input<typeof ListCatalogInput>,
): Promise<{ items: CatalogCard[]; found: number; facets: Facets; total: number }> {
  requirePermission(ctx.actor, "catalog.read", input.spaceId);
  const filters = ListCatalogInput.parse(input);
  const cards = await readCards(ctx, filters.spaceId);
  const found = findCards(cards, filters);
  const facets = {
    category: countFacet(found, filters, "category"),
    cloud: countFacet(found, filters, "cloud"),
    team: countFacet(found, filters, "team"),
  };
  const passing = found.filter((card) => passes(card, filters));
  return { items: passing.slice(0, filters.limit), found: passing.length, facets, total: cards.length };
}

function findCards(cards: readonly CatalogCard[], { query, starred }: Filters): CatalogCard[] {
  const wanted = cards.filter((card) => !starred || card.isStarred);
  if (query.trim() === "")
    return wanted.toSorted((a, b) => Number(b.isStarred) - Number(a.isStarred) || a.title.localeCompare(b.title, "en"));
  const byName = new Map(wanted.map((card) => [card.blueprintName, card]));
  return searchIndex(indexOf(cards), query).flatMap(({ name }) => byName.get(name) ?? []);
}

const indexes = new Map<string, Index>();

/** A catalog changes rarely and is searched with every key: its index is kept while the revisions are the same. */
function indexOf(cards: readonly CatalogCard[]): Index {
  const key = cards.map((card) => card.revisionId).join();
  const known = indexes.get(key);
  if (known) return known;
  const made = indexCatalog(cards.map((card) => ({ name: card.blueprintName, thing: card, kinds: card.grainKinds })));
  if (indexes.size >= 50) indexes.clear();
  indexes.set(key, made);
  return made;
}

function passes(card: CatalogCard, filters: Filters, except?: keyof Facets): boolean {
  return (["category", "cloud", "team"] as const).every((facet) => {
    const chosen = filters[facet];
    return facet === except || !chosen || chosen.length === 0 || chosen.includes(facetValues[facet](card));
  });
}

function countFacet(cards: readonly CatalogCard[], filters: Filters, facet: keyof Facets): Facet[] {
  const counts = new Map<string, number>();
  for (const card of cards) {
    const value = facetValues[facet](card);
    if (value && passes(card, filters, facet)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value, "en"));
}
