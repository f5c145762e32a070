import { IconLock } from "@tabler/icons-react";
import type { ReactNode } from "react";
import styles from "./state.module.css";

/** Not for this person: who may, and whom to ask. */
export function Refused({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.panel} data-tone="idle">
      <p className={styles.title}>
        <IconLock size={16} aria-hidden /> {title}
      </p>
      {children ? <div className={styles.text}>{children}</div> : null}
    </div>
  );
}
