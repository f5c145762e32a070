import type { ComponentType } from "react";
import styles from "./status-badge.module.css";
import type { Tone } from "./theme/tokens.ts";

type IconType = ComponentType<{ size?: number; stroke?: number; "aria-hidden"?: boolean }>;

/** Icon and word first, colour last; each state has a shape of its own, so that print and colour blindness lose nothing. */
export function StatusBadge({ tone, icon: Icon, word }: { tone: Tone; icon: IconType; word: string }) {
  return (
    <span className={styles.badge} data-tone={tone}>
      <Icon size={14} stroke={2} aria-hidden />
      <span>{word}</span>
    </span>
  );
}
