import { IconFlask } from "@tabler/icons-react";
import { StatusBadge } from "#app/_ui/status-badge.tsx";
import styles from "./simulated-badge.module.css";

/** Nothing real runs behind it; said wherever such a thing appears. */
export function SimulatedBadge() {
  return <StatusBadge tone="idle" icon={IconFlask} word="Simulated" />;
}

/** The same within a table, where a second badge would compete with the state. */
export function SimulatedMark() {
  return (
    <span className={styles.mark}>
      <IconFlask size={12} stroke={2} aria-hidden />
      Simulated
    </span>
  );
}
