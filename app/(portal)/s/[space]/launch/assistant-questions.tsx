"use client";

import { Button } from "@mantine/core";
import { IconHelpCircle } from "@tabler/icons-react";
import type { Question } from "#server/assistant/proposal.ts";
import type { DraftEdit } from "./draft-edits.ts";
import { editOf } from "./edit-of.ts";
import styles from "./launch.module.css";

type Props = { questions: readonly Question[]; edit: (changes: DraftEdit) => void };

/** What the sentence left open: at most three questions, answered here or in the form. */
export function AssistantQuestions({ questions, edit }: Props) {
  if (questions.length === 0) return null;
  return (
    <ul className={styles.questions} aria-label="Questions of the assistant">
      {questions.map((question) => (
        <li key={question.field}>
          <IconHelpCircle size={16} aria-hidden />
          <span>{question.question}</span>
          {question.choices.slice(0, 6).map((choice) => (
            <Button
              key={choice.value}
              size="compact-xs"
              variant="default"
              onClick={() => edit(editOf(question.field, choice.value))}
            >
              {choice.label}
            </Button>
          ))}
        </li>
      ))}
    </ul>
  );
}
