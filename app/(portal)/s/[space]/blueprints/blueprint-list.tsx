"use client";

import { Button } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ActorName } from "#app/_portal/actor-name.tsx";
import { BlueprintIcon } from "#app/_portal/blueprint-icon.tsx";
import { RevisionStateBadge } from "#app/_portal/revision-state-badge.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Empty } from "#app/_ui/state/empty.tsx";
import { Moment } from "#app/_ui/time/moment.tsx";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import styles from "./blueprints.module.css";
import { groupRevisions } from "./group-revisions.ts";

const firstRows = 50;

export function BlueprintList({ space }: { space: string }) {
  const trpc = useTRPC();
  const { path } = useSpace();
  const { data: revisions } = useSuspenseQuery(trpc.blueprint.revisions.queryOptions({ space, limit: 200 }));
  const { data: catalog } = useSuspenseQuery(trpc.catalog.offered.queryOptions({ space }));
  const published = new Map(catalog.map((item) => [item.blueprintName, item]));
  const { value, change } = useUrlState();
  const groups = groupRevisions(revisions);
  const rows = value("all") === "yes" ? groups : groups.slice(0, firstRows);
  if (rows.length === 0)
    return <Empty title="No blueprints yet">They come with the release, or a designer saves one here.</Empty>;
  return (
    <>
      <DataTable
        label="Blueprints"
        rows={rows}
        rowKey={(row) => row.name}
        columns={[
          {
            key: "name",
            label: "Blueprint",
            cell: (row) => (
              <span className={styles.name}>
                <BlueprintIcon name={published.get(row.name)?.icon} />
                <Link href={path(`blueprints/${row.name}`)}>{published.get(row.name)?.title ?? row.name}</Link>
              </span>
            ),
          },
          {
            key: "published",
            label: "In the catalog",
            cell: (row) => {
              const item = published.get(row.name);
              return item ? <code>{item.digest.slice(0, 12)}</code> : "not published";
            },
          },
          { key: "state", label: "Newest revision", cell: (row) => <RevisionStateBadge state={row.newest.state} /> },
          {
            key: "waiting",
            label: "Waiting for review",
            numeric: true,
            cell: (row) => (row.waiting > 0 ? row.waiting : "none"),
          },
          { key: "author", label: "Saved by", cell: (row) => <ActorName actor={row.newest.author} /> },
          { key: "at", label: "Saved", cell: (row) => <Moment at={row.newest.createdAt} /> },
        ]}
      />
      {rows.length < groups.length ? (
        <Button variant="default" mt="md" onClick={() => change({ all: "yes" })}>
          Show all {groups.length}
        </Button>
      ) : null}
    </>
  );
}
