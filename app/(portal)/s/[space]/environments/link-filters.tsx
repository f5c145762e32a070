import { Pill } from "@mantine/core";
import styles from "./environment-list.module.css";
import type { ShownFilter } from "./shown-filters.ts";

/** Filters that a link brought and no field shows; each can be taken away. */
export function LinkFilters(props: { filters: readonly ShownFilter[]; remove: (name: string) => void }) {
  if (props.filters.length === 0) return null;
  return (
    <ul className={styles.narrowed} aria-label="Also narrowed to">
      {props.filters.map(({ name, label }) => (
        <li key={name}>
          <Pill
            withRemoveButton
            onRemove={() => props.remove(name)}
            removeButtonProps={{ "aria-label": `Remove filter ${label}`, "aria-hidden": false, tabIndex: 0 }}
          >
            {label}
          </Pill>
        </li>
      ))}
    </ul>
  );
}
