"use client";

import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { DecisionBadge } from "#app/_portal/decision-badge.tsx";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useTRPC } from "#app/_trpc/react.tsx";
import type { Attempt } from "#server/assistant/attempt.ts";
import styles from "./launch.module.css";
import type { Draft } from "./use-draft.ts";

const fieldName = (field: string) => field.replace(/^inputs\./, "");

/** The bounded loop, oldest first: what the policies said, what was changed for it, and what only the user may change. */
export function AssistantAttempts({ draft, attempts }: { draft: Draft; attempts: readonly Attempt[] }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const accept = useMutation(
    trpc.assistant.accept.mutationOptions({
      onSuccess: (next) => {
        queries.setQueryData(trpc.draft.find.queryKey({ id: next.id }), next);
        void queries.invalidateQueries(trpc.draft.preview.queryFilter({ id: next.id }));
      },
    }),
  );
  if (attempts.length === 0) return null;
  const last = attempts.at(-1);
  return (
    <>
      <ol className={styles.attempts} aria-label="Attempts">
        {attempts.map((attempt) => (
          <li key={attempt.number}>
            <span className={styles.attempt}>
              Attempt {attempt.number} of 3 <DecisionBadge word={attempt.word} />
            </span>
            {attempt.word === "Denied" ? <span className={styles.hint}>{attempt.sentence}</span> : null}
            {attempt.corrections.map((correction) => (
              <span key={correction.field} className={styles.hint}>
                {attempt.outcome === "applied" ? "Changed" : "Would pass"}: {fieldName(correction.field)}{" "}
                <del>{correction.from ?? "not set"}</del> → <ins>{correction.to}</ins> ({correction.policy})
              </span>
            ))}
          </li>
        ))}
      </ol>
      {last?.outcome === "offered" ? (
        <>
          <p className={styles.hint}>You set these values yourself, so only you change them.</p>
          <Button
            size="compact-sm"
            variant="default"
            loading={accept.isPending}
            onClick={() =>
              accept.mutate({
                draftId: draft.id,
                version: draft.version,
                fields: last.corrections.map(({ field }) => field),
              })
            }
          >
            Take what would pass
          </Button>
          <ProblemNotice error={accept.error} title="Not taken" />
        </>
      ) : null}
    </>
  );
}
