import styles from "./policy.module.css";

type Counts = { approved: number; manual: number; denied: number; failed: number };

/** How often it said what; a policy that never spoke says so. */
export function RecentVerdicts({ counts }: { counts: Counts }) {
  const parts = [
    { words: "approved", count: counts.approved, tone: "good" },
    { words: "needed approval", count: counts.manual, tone: "approval" },
    { words: "denied", count: counts.denied, tone: "denied" },
    { words: "failed", count: counts.failed, tone: "failed" },
  ].filter((part) => part.count > 0);
  if (parts.length === 0) return <span className={styles.hint}>never asked</span>;
  return (
    <span className={styles.counts}>
      {parts.map((part) => (
        <span key={part.words} data-tone={part.tone}>
          {part.count} {part.words}
        </span>
      ))}
    </span>
  );
}
