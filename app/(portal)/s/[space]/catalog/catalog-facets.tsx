"use client";

import { cloudWords } from "#app/_portal/cloud-words.ts";
import { FacetList } from "#app/_ui/facet-list.tsx";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import styles from "./catalog.module.css";
import { catalogFacets } from "./catalog-question.ts";

const words = { category: "Category", cloud: "Runs on", team: "Owner" } as const;

const places: Partial<Record<string, string>> = {
  ...cloudWords,
  kubernetes: "Kubernetes",
  host: "This host",
};

type Facets = Partial<Record<(typeof catalogFacets)[number], readonly { value: string; count: number }[]>>;

/** What can be narrowed down to, with how many each would leave. */
export function CatalogFacets({ facets }: { facets: Facets }) {
  const { value, change } = useUrlState();
  return (
    <div className={styles.facets}>
      {catalogFacets.map((name) => (
        <FacetList
          key={name}
          label={words[name]}
          facets={(facets[name] ?? []).map((facet) => ({
            ...facet,
            label: (name === "cloud" && places[facet.value]) || facet.value,
            chosen: value(name) === facet.value,
          }))}
          onChoose={(facet) => change({ [name]: facet.chosen ? null : facet.value }, "push")}
        />
      ))}
    </div>
  );
}
