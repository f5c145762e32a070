import { UnstyledButton } from "@mantine/core";
import styles from "./facet-list.module.css";

export type Facet = { value: string; label: string; count: number; chosen: boolean };

/** How a list divides by one of its properties; each value narrows it, and the chosen one widens it again. */
export function FacetList(props: { label: string; facets: readonly Facet[]; onChoose: (facet: Facet) => void }) {
  if (props.facets.length === 0) return null;
  return (
    <fieldset className={styles.facet}>
      <legend>{props.label}</legend>
      {props.facets.map((facet) => (
        <UnstyledButton
          key={facet.value}
          className={styles.option}
          aria-pressed={facet.chosen}
          onClick={() => props.onChoose(facet)}
        >
          <span>{facet.label}</span>
          <span className={styles.count}>{facet.count}</span>
        </UnstyledButton>
      ))}
    </fieldset>
  );
}
