import Link from "next/link";
import styles from "./shell.module.css";

export function Brand({ space }: { space?: string }) {
  return (
    <Link href={space ? `/s/${space}` : "/"} className={styles.brand} aria-label="Gantry, home">
      <svg width="22" height="22" viewBox="0 0 22 22" fill="none" aria-hidden="true">
        <path d="M3 19V5h16v14M3 9h16M11 5v7" stroke="var(--g-link)" strokeWidth="2" strokeLinecap="round" />
        <rect x="8" y="12" width="6" height="5" rx="1" fill="var(--g-link)" />
      </svg>
      <span className={styles.wide}>Gantry</span>
    </Link>
  );
}
