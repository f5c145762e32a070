"use client";

import { ActionIcon } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { notifyProblem } from "#app/_portal/notify-problem.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Moment } from "#app/_ui/time/moment.tsx";

/** What was begun and not sent; leaving a page loses nothing. */
export function OpenDrafts({ space }: { space: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { data } = useSuspenseQuery(trpc.draft.list.queryOptions({ space }));
  const discard = useMutation(
    trpc.draft.discard.mutationOptions({
      onError: notifyProblem,
      onSuccess: () => void queries.invalidateQueries(trpc.draft.list.pathFilter()),
    }),
  );
  if (data.length === 0) return null;
  const title = (draft: (typeof data)[number]) => draft.name || draft.prompt || draft.blueprintName || "Empty draft";
  return (
    <Section title="Your drafts" plain>
      <DataTable
        label="Your drafts"
        rows={data.slice(0, 8)}
        rowKey={(draft) => draft.id}
        columns={[
          {
            key: "name",
            label: "Draft",
            cell: (draft) => <Link href={`/s/${space}/launch?draft=${draft.id}`}>{title(draft)}</Link>,
          },
          { key: "blueprint", label: "Blueprint", cell: (draft) => draft.blueprintName ?? "not chosen" },
          { key: "updated", label: "Changed", cell: (draft) => <Moment at={draft.updatedAt} relative /> },
          {
            key: "discard",
            label: "Discard",
            numeric: true,
            cell: (draft) => (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Discard the draft ${title(draft)}`}
                onClick={() => discard.mutate({ id: draft.id })}
              >
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            ),
          },
        ]}
      />
    </Section>
  );
}
