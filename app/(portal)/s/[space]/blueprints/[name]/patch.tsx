import styles from "#app/(portal)/s/[space]/blueprints/blueprints.module.css";

/** A unified diff, its signs kept: colour only helps. */
export function Patch({ text }: { text: string }) {
  const lines = text.split("\n").filter((line) => !/^(={3,}|---|\+\+\+|\\ No newline)/.test(line));
  return (
    <pre className={styles.patch}>
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a finished diff never move.
        <span key={at} data-tone={line.startsWith("+") ? "good" : line.startsWith("-") ? "denied" : undefined}>
          {line || " "}
        </span>
      ))}
    </pre>
  );
}
