"use client";

import type { Attempt } from "#server/assistant/attempt.ts";
import type { Question } from "#server/assistant/proposal.ts";
import { AssistantAttempts } from "./assistant-attempts.tsx";
import { AssistantQuestions } from "./assistant-questions.tsx";
import type { DraftEdit } from "./draft-edits.ts";
import styles from "./launch.module.css";
import { SaidPrompt } from "./said-prompt.tsx";
import type { Draft } from "./use-draft.ts";

type Props = { draft: Draft; notes: readonly string[]; edit: ((changes: DraftEdit) => void) | undefined };

/** What was understood, what was not, what is asked, and how the policies took it. */
export function AssistantAnswer({ draft, notes, edit }: Props) {
  return (
    <div aria-live="polite">
      <SaidPrompt draft={draft} />
      {notes.length > 0 ? (
        <ul className={styles.changed}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ) : null}
      {edit ? <AssistantQuestions questions={draft.questions as Question[]} edit={edit} /> : null}
      <AssistantAttempts draft={draft} attempts={draft.attempts as Attempt[]} />
    </div>
  );
}
