import Link from "next/link";
import type { ReactNode } from "react";
import styles from "./environment-name.module.css";
import { SimulatedMark } from "./simulated-badge.tsx";

/** The first column of a table that has an environment a row: the link, and under it which environment it is. */
export function EnvironmentName(props: { href: string; of: { ref: string; simulated: boolean }; children: ReactNode }) {
  const { href, of, children } = props;
  return (
    <div className={styles.name}>
      <Link href={href}>{children}</Link>
      <span className={styles.under}>
        <code>{of.ref}</code>
        {of.simulated ? <SimulatedMark /> : null}
      </span>
    </div>
  );
}
