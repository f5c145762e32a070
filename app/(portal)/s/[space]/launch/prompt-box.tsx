"use client";

import { Button, Textarea } from "@mantine/core";
import { IconSparkles } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Notice } from "#app/_ui/state/notice.tsx";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import { AssistantAnswer } from "./assistant-answer.tsx";
import type { DraftEdit } from "./draft-edits.ts";
import styles from "./launch.module.css";
import type { Draft } from "./use-draft.ts";
import { useSendOnce } from "./use-send-once.ts";

type Props = {
  space: string;
  /** Absent before the first sentence: then one is made for it. */
  draft: Draft | null;
  text?: string;
  autoFocus?: boolean;
  edit?: (changes: DraftEdit) => void;
  beforeSend?: () => Promise<void>;
};

/** A sentence becomes a filled form. It proposes; policies and people decide; nothing is launched from here. */
export function PromptBox({ space, draft, text = "", autoFocus = false, edit, beforeSend }: Props) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { value, change } = useUrlState();
  const [prompt, setPrompt] = useState(text);
  const status = useQuery(trpc.assistant.status.queryOptions({ space })).data;
  // The page of the new draft sends the sentence, so that its answer, or its failure, has a place to stand.
  const create = useMutation(
    trpc.draft.create.mutationOptions({
      onSuccess: (made) => change({ draft: made.id, ask: "now", prompt: prompt.trim() }),
    }),
  );
  const propose = useMutation(
    trpc.assistant.propose.mutationOptions({
      onSuccess: (answer) => {
        queries.setQueryData(trpc.draft.find.queryKey({ id: answer.draft.id }), answer.draft);
        void queries.invalidateQueries(trpc.draft.preview.queryFilter({ id: answer.draft.id }));
      },
    }),
  );

  async function send() {
    const words = prompt.trim();
    if (words === "" || propose.isPending) return;
    if (!draft) return create.mutate({ space, changes: {} });
    await beforeSend?.();
    propose.mutate({ draftId: draft.id, prompt: words });
  }
  useSendOnce(draft !== null && value("ask") === "now", () => {
    change({ ask: null, prompt: null });
    void send();
  });

  return (
    <Section title="Describe what you need" note={status ? plannerWords(status) : undefined}>
      <Textarea
        aria-label="Describe what you need"
        placeholder="A Postgres called shop for two hours, to try a migration"
        rows={3}
        resize="vertical"
        maxLength={8000}
        value={prompt}
        onChange={(event) => setPrompt(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send();
        }}
        autoFocus={autoFocus}
      />
      <div className={styles.promptLine}>
        <Button
          size="xs"
          leftSection={<IconSparkles size={14} aria-hidden />}
          loading={create.isPending || propose.isPending}
          disabled={prompt.trim() === ""}
          onClick={() => void send()}
        >
          {draft?.prompt ? "Fill the form again" : "Fill the form"}
        </Button>
        <span className={styles.hint}>Fills the form; nothing is launched. What you set yourself stays as it is.</span>
      </div>
      <ProblemNotice
        error={create.error ?? propose.error}
        title="The form could not be filled; it still works by hand"
      />
      {propose.data?.fellBack ? (
        <Notice tone="warning" title="The model could not help">
          {propose.data.fellBack} The built-in planner read your sentence instead.
        </Notice>
      ) : null}
      {draft?.prompt ? <AssistantAnswer draft={draft} notes={propose.data?.notes ?? []} edit={edit} /> : null}
    </Section>
  );
}

function plannerWords(status: { isConfigured: boolean; model: string | null }): string {
  return status.isConfigured ? `read by ${status.model}, checked by code` : "read by the built-in planner";
}
