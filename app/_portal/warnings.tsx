import styles from "./verdict.module.css";

/** What policies remarked without holding anything up: a count, opened on demand. */
export function Warnings({ warnings }: { warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  return (
    <details className={styles.details}>
      <summary>
        {warnings.length} {warnings.length === 1 ? "warning" : "warnings"}
      </summary>
      <ul className={styles.facts}>
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
    </details>
  );
}
