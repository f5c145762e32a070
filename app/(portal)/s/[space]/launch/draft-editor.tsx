"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Notice } from "#app/_ui/state/notice.tsx";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import { whyBlocked } from "#app/(portal)/s/[space]/catalog/why-blocked.ts";
import { DraftForm } from "./draft-form.tsx";
import { DraftSummary } from "./draft-summary.tsx";
import styles from "./launch.module.css";
import { PromptBox } from "./prompt-box.tsx";
import { SentDraft } from "./sent-draft.tsx";
import { useDraft } from "./use-draft.ts";

/** Prompt and form on the left, what it amounts to on the right, always of the same draft. */
export function DraftEditor({ id, space }: { id: string; space: string }) {
  const trpc = useTRPC();
  const { draft, edit, flush, saving, isSettled } = useDraft(id);
  const [showAll, setShowAll] = useState(false);
  const { value } = useUrlState();
  const preview = useQuery(
    trpc.draft.preview.queryOptions(
      { id },
      { enabled: draft.state === "open", placeholderData: (before) => before, staleTime: 10_000 },
    ),
  );
  const item = useQuery(
    trpc.catalog.find.queryOptions(
      { space, blueprint: draft.blueprintName ?? "" },
      { enabled: draft.blueprintName !== null },
    ),
  );
  if (draft.state !== "open") return <SentDraft space={space} state={draft.state} />;
  const blocked = item.data ? whyBlocked(item.data.card) : undefined;
  return (
    <div className={styles.columns}>
      <div className={styles.left}>
        <PromptBox space={space} draft={draft} text={draft.prompt || value("prompt")} edit={edit} beforeSend={flush} />
        {blocked ? (
          <Notice tone="warning" title="It would not run on this host">
            Launched now it would fail: {blocked}
          </Notice>
        ) : null}
        <DraftForm
          draft={draft}
          space={space}
          blueprint={item.data?.revision.blueprint ?? null}
          edit={edit}
          problems={preview.data?.problems ?? []}
          showAll={showAll}
        />
      </div>
      <aside aria-label="Summary" className={styles.right}>
        <DraftSummary
          draft={draft}
          space={space}
          item={item.data ?? null}
          preview={preview}
          saving={saving}
          isCurrent={isSettled && !preview.isFetching && preview.data?.version === draft.version}
          beforeLaunch={flush}
          showProblems={() => setShowAll(true)}
        />
      </aside>
    </div>
  );
}
