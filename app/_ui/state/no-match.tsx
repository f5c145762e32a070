"use client";

import { Button, Pill } from "@mantine/core";
import styles from "./state.module.css";

/** Filters that leave nothing: how many there are without them, each filter removable, all clearable. */
export function NoMatch(props: {
  total: number | null;
  what: string;
  filters: readonly { name: string; label: string }[];
  remove: (name: string) => void;
  clear: () => void;
}) {
  return (
    <div className={styles.panel}>
      <p className={styles.title}>
        {props.total === null ? `No ${props.what} match` : `0 of ${props.total} ${props.what} match`}
      </p>
      <div className={styles.chips}>
        {props.filters.map((filter) => (
          <Pill
            key={filter.name}
            withRemoveButton
            onRemove={() => props.remove(filter.name)}
            removeButtonProps={{ "aria-label": `Remove filter ${filter.label}`, "aria-hidden": false, tabIndex: 0 }}
          >
            {filter.label}
          </Pill>
        ))}
      </div>
      <Button variant="default" size="xs" onClick={props.clear}>
        Clear filters
      </Button>
    </div>
  );
}
