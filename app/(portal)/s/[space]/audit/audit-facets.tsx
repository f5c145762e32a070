"use client";

import { UnstyledButton } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { auditActionWord } from "#app/_portal/audit-action-words.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
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
      {shown.map(({ name, label }) =>
        data.facets[name].length > 0 ? (
          <fieldset key={name} className={styles.facet}>
            <legend>{label}</legend>
            {data.facets[name].slice(0, 10).map((facet) => (
              <UnstyledButton
                key={facet.value}
                className={styles.option}
                aria-pressed={hasToken(search, name, facet.value)}
                onClick={() => change({ q: toggleToken(search, name, facet.value) }, "push")}
              >
                <span>{facetWord(name, facet)}</span>
                <span className={styles.hint}>{facet.count}</span>
              </UnstyledButton>
            ))}
          </fieldset>
        ) : null,
      )}
    </div>
  );
}

function facetWord(name: FacetName, facet: { value: string; label: string }): string {
  if (name === "action") return auditActionWord(facet.value);
  return name === "outcome" ? outcomeWord(facet.value) : facet.label;
}
