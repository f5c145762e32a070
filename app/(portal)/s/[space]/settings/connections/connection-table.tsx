"use client";

import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { notifyProblem } from "#app/_portal/notify-problem.ts";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { type Column, DataTable } from "#app/_ui/data-table.tsx";
import { Moment } from "#app/_ui/time/moment.tsx";
import { type Connection, kindWords, partWords } from "./connection-words.ts";
import styles from "./connections.module.css";

type Acts = { replace: (connection: Connection) => void; remove: (connection: Connection) => void };

/** Every connection of the space: where it leads, who keeps it, when it was used. Never a credential. */
export function ConnectionTable({ rows, acts }: { rows: readonly Connection[]; acts: Acts | null }) {
  const columns: Column<Connection>[] = [
    {
      key: "name",
      label: "Name",
      cell: (row) => (
        <span>
          <strong className={styles.name}>{row.name}</strong>
          <span className={styles.hint}>{kindWords[row.kind]}</span>
        </span>
      ),
    },
    { key: "leads", label: "Leads to", block: true, cell: (row) => <Parts parts={row.publicPart} /> },
    { key: "launches", label: "New launches", cell: (row) => <Launches row={row} editable={acts !== null} /> },
    {
      key: "kept",
      label: "Kept by",
      cell: (row) => (
        <span>
          {row.updatedBy ?? row.createdBy ?? "the system"}
          <span className={styles.hint}>
            {row.updatedBy ? "replaced " : "added "}
            <Moment at={row.updatedAt} relative />
          </span>
        </span>
      ),
    },
    { key: "used", label: "Last used", cell: (row) => <LastUse row={row} /> },
  ];
  if (acts)
    columns.push({
      key: "acts",
      label: "Change",
      cell: (row) => (
        <span className={styles.acts}>
          <Button size="xs" variant="default" onClick={() => acts.replace(row)} aria-label={`Replace ${row.name}…`}>
            Replace…
          </Button>
          <Button size="xs" variant="default" onClick={() => acts.remove(row)} aria-label={`Remove ${row.name}…`}>
            Remove…
          </Button>
        </span>
      ),
    });
  return <DataTable label="Cloud connections" rows={rows} rowKey={(row) => row.name} columns={columns} />;
}

function Parts({ parts }: { parts: Record<string, string> }) {
  return (
    <ul className={styles.parts}>
      {Object.entries(parts).map(([name, value]) => (
        <li key={name}>
          <span>{partWords[name] ?? name}</span> <code>{value}</code>
        </li>
      ))}
    </ul>
  );
}

function LastUse({ row }: { row: Connection }) {
  const { path } = useSpace();
  return (
    <span>
      {row.lastUsedAt ? <Moment at={row.lastUsedAt} relative /> : "never"}
      <span className={styles.hint}>
        {row.lastUsedFor ? <Link href={path(`environments/${row.lastUsedFor}`)}>{row.lastUsedFor}</Link> : null}
        {row.environments > 0
          ? `${row.lastUsedFor ? " · " : ""}${row.environments} ${row.environments === 1 ? "environment runs" : "environments run"} with it`
          : ""}
      </span>
    </span>
  );
}

/** Whether launches for its cloud are made with it, and the button that changes that. */
function Launches({ row, editable }: { row: Connection; editable: boolean }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { slug } = useSpace();
  const serve = useMutation(
    trpc.connection.serveLaunches.mutationOptions({
      onError: notifyProblem,
      onSuccess: async () => {
        await queries.invalidateQueries(trpc.connection.pathFilter());
        await queries.invalidateQueries(trpc.catalog.pathFilter());
      },
    }),
  );
  if (row.kind === "variables") return <span>by name only</span>;
  const word = row.servesLaunches ? "run with it" : "do not use it";
  if (!editable) return <span>{word}</span>;
  return (
    <span>
      {word}
      <br />
      <Button
        size="compact-xs"
        variant="subtle"
        loading={serve.isPending}
        onClick={() => serve.mutate({ space: slug, name: row.name, serves: !row.servesLaunches })}
        aria-label={row.servesLaunches ? `Simulate instead of ${row.name}` : `Use ${row.name} for launches`}
      >
        {row.servesLaunches ? "Simulate instead" : "Use for launches"}
      </Button>
    </span>
  );
}
