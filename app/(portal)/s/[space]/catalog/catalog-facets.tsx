"use client";

import { UnstyledButton } from "@mantine/core";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import styles from "./catalog.module.css";
import { catalogFacets } from "./catalog-question.ts";

const words = { category: "Category", cloud: "Runs on", team: "Owner" } as const;

type Facets = Partial<Record<(typeof catalogFacets)[number], readonly { value: string; count: number }[]>>;

/** What can be narrowed down to, with how many each would leave. */
export function CatalogFacets({ facets }: { facets: Facets }) {
  const { value, change } = useUrlState();
  return (
    <div className={styles.facets}>
      {catalogFacets.map((name) =>
        (facets[name]?.length ?? 0) > 0 ? (
          <fieldset key={name} className={styles.facet}>
            <legend>{words[name]}</legend>
            {facets[name]?.map((option) => {
              const chosen = value(name) === option.value;
              return (
                <UnstyledButton
                  key={option.value}
                  className={styles.option}
                  aria-pressed={chosen}
                  onClick={() => change({ [name]: chosen ? null : option.value }, "push")}
                >
                  <span>{option.value}</span>
                  <span className={styles.number}>{option.count}</span>
                </UnstyledButton>
              );
            })}
          </fieldset>
        ) : null,
      )}
    </div>
  );
}
