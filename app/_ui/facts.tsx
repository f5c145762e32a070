import type { ReactNode } from "react";
import styles from "./facts.module.css";

/** Names and values, as a description list that folds to one column. */
export function Facts({ items }: { items: readonly { name: string; value: ReactNode; hint?: string }[] }) {
  return (
    <dl className={styles.facts}>
      {items.map((item) => (
        <div key={item.name} className={styles.fact}>
          <dt>{item.name}</dt>
          <dd>
            {item.value}
            {item.hint ? <span className={styles.hint}>{item.hint}</span> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
