"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { auditActionWord } from "#app/_portal/audit-action-words.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { FacetList } from "#app/_ui/facet-list.tsx";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import type { FacetName } from "#server/audit/count-facets.ts";
import styles from "./audit.module.css";
import { outcomeWord } from "./outcome-badge.tsx";
import { hasToken, toggleToken } from "./search-tokens.ts";

const shown = [
  { name: "outcome", label: "Outcome" },
  { name: "action", label: "Action" },
  { name: "actor", label: "Actor" },
  { name: "type", label: "On" },
  { name: "via", label: "Via" },
] as const satisfies readonly { name: FacetName; label: string }[];

/** How what was found divides; each value narrows the line. */
export function AuditFacets({ search, spaceId }: { search: string; spaceId: string }) {
  const trpc = useTRPC();
  const { change } = useUrlState();
  const query = useQuery(trpc.audit.facets.queryOptions({ search, spaceId }, { placeholderData: keepPreviousData }));
  const data = query.data;
  if (!data) return null;
  return (
    <div className={styles.facets}>
      <p className={styles.hint}>
        {data.isComplete ? `${data.counted} events` : `of the newest ${data.counted} events`}
      </p>
      {shown.map(({ name, label }) => (
        <FacetList
          key={name}
          label={label}
          facets={data.facets[name].slice(0, 10).map((facet) => ({
            value: facet.value,
            label: facetWord(name, facet),
            count: facet.count,
            chosen: hasToken(search, name, facet.value),
          }))}
          onChoose={(facet) => change({ q: toggleToken(search, name, facet.value) }, "push")}
        />
      ))}
    </div>
  );
}

function facetWord(name: FacetName, facet: { value: string; label: string }): string {
  if (name === "action") return auditActionWord(facet.value);
  return name === "outcome" ? outcomeWord(facet.value) : facet.label;
}
