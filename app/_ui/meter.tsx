import styles from "./meter.module.css";
import type { Tone } from "./theme/tokens.ts";

type Part = { name: string; value: number; tone: Tone };

/** Parts of a whole on one line; the words say the same. */
export function Meter({ label, parts, total, words }: { label: string; parts: Part[]; total: number; words: string }) {
  const whole = Math.max(
    total,
    parts.reduce((sum, part) => sum + part.value, 0),
  );
  return (
    <div>
      <div className={styles.line}>
        <span>{label}</span>
        <span>{words}</span>
      </div>
      <div className={styles.bar} aria-hidden>
        {parts.map((part) => (
          <span
            key={part.name}
            data-tone={part.tone}
            title={part.name}
            style={{ width: `${whole > 0 ? (part.value / whole) * 100 : 0}%` }}
          />
        ))}
      </div>
    </div>
  );
}
