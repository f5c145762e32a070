"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ActorName } from "#app/_portal/actor-name.tsx";
import { RevisionStateBadge } from "#app/_portal/revision-state-badge.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Moment } from "#app/_ui/time/moment.tsx";

export function BlueprintRevisions(props: { space: string; name: string; publishedId: string }) {
  const trpc = useTRPC();
  const { path } = useSpace();
  const { data } = useSuspenseQuery(
    trpc.blueprint.revisions.queryOptions({ space: props.space, blueprintName: props.name }),
  );
  return (
    <Section title="Revisions" plain>
      <DataTable
        label="Revisions"
        rows={data}
        rowKey={(row) => row.id}
        columns={[
          {
            key: "digest",
            label: "Revision",
            cell: (row) => (
              <span>
                <Link href={path(`blueprints/${props.name}?revision=${row.id}`)}>
                  <code>{row.digest.slice(0, 12)}</code>
                </Link>
                {row.id === props.publishedId ? " published here" : ""}
              </span>
            ),
          },
          { key: "state", label: "State", cell: (row) => <RevisionStateBadge state={row.state} /> },
          { key: "author", label: "Author", cell: (row) => <ActorName actor={row.author} /> },
          { key: "at", label: "Saved", cell: (row) => <Moment at={row.createdAt} /> },
        ]}
      />
    </Section>
  );
}
