import type { EvidenceByField } from "#server/decision/evidence.ts";
import styles from "./launch.module.css";
import { markSaid } from "./mark-said.ts";

/** The sentence with the words that became values marked: what was understood, and what was not. */
export function SaidPrompt({ draft }: { draft: { prompt: string; evidence: EvidenceByField } }) {
  const parts = markSaid(draft.prompt, draft.evidence);
  if (parts.every((part) => part.fields.length === 0)) return null;
  return (
    <p className={styles.said}>
      Understood:{" "}
      {parts.map((part) =>
        part.fields.length > 0 ? (
          <mark key={part.from} title={part.fields.join(", ").replaceAll("inputs.", "")}>
            {part.text}
          </mark>
        ) : (
          <span key={part.from}>{part.text}</span>
        ),
      )}
    </p>
  );
}
