import { sql } from "drizzle-orm";
import { z } from "zod";
import { auditEvents } from "#db/schema/audit.ts";
import type { Context } from "#server/context.ts";
import { auditFilter } from "./audit-filter.ts";
import { auditScope } from "./audit-scope.ts";
import { searchNewest } from "./bounded-search.ts";

export const CountFacetsInput = z.object({ search: z.string().max(4000).default(""), spaceId: z.uuid().optional() });

/** Counting stops after so many of the newest matches: the page must not wait for a million. */
export const MOST_COUNTED = 2_000;
/** Of these many it is seen how they divide; older ones are not looked for. */
const ENOUGH = 1_000;
const BUDGET_MS = 120;
const MOST_VALUES = 30;

export const facetNames = ["action", "actor", "outcome", "via", "space", "type"] as const;
export type FacetName = (typeof facetNames)[number];

/** `value` fits the search line (`action:<value>`); `label` is for people. */
export type FacetValue = { value: string; label: string; count: number };

export type Facets = {
  /** How many matches were counted: the newest ones, at most `MOST_COUNTED`, fewer where the search takes long. */
  counted: number;
  isComplete: boolean;
  facets: Record<FacetName, FacetValue[]>;
};

type FacetRow = { facet: FacetName | "all"; value: string | null; label: string | null; count: number };

/** How the matches of a search divide by action, actor, outcome, door, space and kind of thing. */
export async function countFacets(ctx: Context, input: z.input<typeof CountFacetsInput>): Promise<Facets> {
  const { search, spaceId } = CountFacetsInput.parse(input);
  const scope = await auditScope(ctx, "audit.read", spaceId);
  const filter = await auditFilter(ctx, scope, search);
  const facets: Facets["facets"] = { action: [], actor: [], outcome: [], via: [], space: [], type: [] };
  if (filter.problems.length > 0) return { counted: 0, isComplete: true, facets };
  const { seqs, searchedTo } = await searchNewest(ctx, {
    filter,
    limit: MOST_COUNTED,
    enough: ENOUGH,
    budgetMs: BUDGET_MS,
  });
  const { rows } = await ctx.db.execute<FacetRow>(sql`
    with hits as materialized (
      select action, actor_id, actor_name, outcome, via, space_id, object_type from ${auditEvents}
      where seq = any(${`{${seqs.join(",")}}`}::bigint[])
    ), counts as (
      select grouping(action, actor_id, outcome, via, space_id, object_type) as level, action, actor_id,
        max(actor_name) as actor_name, outcome, via, space_id, object_type, count(*)::int as count
      from hits group by grouping sets ((action), (actor_id), (outcome), (via), (space_id), (object_type), ())
    )
    select case level when 31 then 'action' when 47 then 'actor' when 55 then 'outcome' when 59 then 'via'
        when 61 then 'space' when 62 then 'type' else 'all' end as facet,
      case level when 31 then action when 47 then actor_id when 55 then outcome when 59 then via
        when 61 then coalesce(s.slug, 'account') when 62 then object_type end as value,
      case level when 47 then actor_name when 61 then coalesce(s.name, 'Account') end as label, count
    from counts left join spaces s on s.id = counts.space_id
    order by count desc, value`);
  for (const { facet, value, label, count } of rows)
    if (facet !== "all" && value !== null && facets[facet].length < MOST_VALUES)
      facets[facet].push({ value, label: label ?? value, count });
  return { counted: seqs.length, isComplete: searchedTo === 0, facets };
}
