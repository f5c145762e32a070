import styles from "./code.module.css";
import { type DiffLine, diffLines } from "./diff-lines.ts";

/** What changed between two texts, unified: the sign says it, the colour only helps. */
export function TextDiff({ from, to, label }: { from: string; to: string; label: string }) {
  const lines = diffLines(from, to);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className={styles.diff} aria-label={label} tabIndex={0}>
      <table>
        <tbody>
          {lines.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a finished diff never move.
            <Line key={at} line={line} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Line({ line }: { line: DiffLine }) {
  if (line.kind === "gap")
    return (
      <tr className={styles.gap}>
        <td colSpan={4}>{line.count} unchanged lines</td>
      </tr>
    );
  const sign = { added: "+", removed: "−", same: "" }[line.kind];
  return (
    <tr data-tone={line.kind === "added" ? "good" : line.kind === "removed" ? "denied" : undefined}>
      <td className={styles.number}>{line.from}</td>
      <td className={styles.number}>{line.to}</td>
      <td className={styles.sign}>{sign}</td>
      <td>{line.text}</td>
    </tr>
  );
}
