"use client";

import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { EvidenceChip } from "#app/_portal/evidence-chip.tsx";
import { notifyProblem } from "#app/_portal/notify-problem.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import styles from "./launch.module.css";
import type { Draft } from "./use-draft.ts";

type Props = { draft: Draft; field: string; label: string; children: ReactNode };

/** A field with the source of its value beside it; an assumption can be confirmed on the spot. */
export function FieldRow({ draft, field, label, children }: Props) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const evidence = draft.evidence[field];
  const confirm = useMutation(
    trpc.draft.confirmAssumption.mutationOptions({
      onError: notifyProblem,
      onSuccess: (next) => {
        queries.setQueryData(trpc.draft.find.queryKey({ id: draft.id }), next);
        void queries.invalidateQueries(trpc.draft.preview.queryFilter({ id: draft.id }));
      },
    }),
  );
  const shows = evidence && draft.prompt !== "";
  return (
    <div className={styles.row}>
      <div className={styles.field}>{children}</div>
      {shows ? (
        <div className={styles.evidence}>
          <EvidenceChip evidence={evidence} field={label} />
          {evidence.source === "assumption" && !evidence.confirmedAt ? (
            <Button
              size="compact-xs"
              variant="default"
              loading={confirm.isPending}
              onClick={() => confirm.mutate({ id: draft.id, field })}
              aria-label={`Confirm ${label}`}
            >
              Confirm
            </Button>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
