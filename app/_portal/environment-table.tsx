"use client";

import Link from "next/link";
import type { Outputs } from "#app/_trpc/outputs.ts";
import { DataTable } from "#app/_ui/data-table.tsx";
import { minutesInWords } from "#app/_ui/time/format-time.ts";
import { Moment } from "#app/_ui/time/moment.tsx";
import { EnvironmentStateBadge } from "./environment-state-badge.tsx";
import styles from "./environment-table.module.css";
import { Money } from "./money.tsx";
import { useSpace } from "./session/use-space.ts";
import { SimulatedBadge } from "./simulated-badge.tsx";

export type EnvironmentRow = Outputs["environment"]["list"]["items"][number];

/** Environments as rows; the name is the link. */
export function EnvironmentTable({ rows, withOwner = true }: { rows: readonly EnvironmentRow[]; withOwner?: boolean }) {
  const { path } = useSpace();
  return (
    <DataTable
      label="Environments"
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        {
          key: "name",
          label: "Environment",
          cell: (row) => (
            <span>
              <Link href={path(`environments/env-${row.number}`)}>{row.name}</Link>{" "}
              <code className={styles.ref}>env-{row.number}</code>
            </span>
          ),
        },
        {
          key: "state",
          label: "State",
          cell: (row) => (
            <span>
              <EnvironmentStateBadge state={row.state} /> {row.simulated ? <SimulatedBadge /> : null}
            </span>
          ),
        },
        {
          key: "blueprint",
          label: "Blueprint",
          cell: (row) => <Link href={path(`catalog/${row.blueprintName}`)}>{row.blueprintTitle}</Link>,
        },
        ...(withOwner
          ? [{ key: "owner", label: "Owner", tight: true, cell: (row: EnvironmentRow) => row.ownerName ?? "unknown" }]
          : []),
        {
          key: "ends",
          label: "Ends",
          cell: (row) => <Ends row={row} />,
        },
        {
          key: "cost",
          label: "Estimate",
          numeric: true,
          tight: true,
          cell: (row) => (
            <Money amount={row.monthlyEstimate} upper={row.estimateIsOpen ? null : undefined} period="month" />
          ),
        },
      ]}
    />
  );
}

function Ends({ row }: { row: EnvironmentRow }) {
  if (row.endedAt) return <Moment at={row.endedAt} />;
  if (row.endsAt) return <Moment at={row.endsAt} relative />;
  if (row.state === "awaiting_approval" && row.durationMinutes !== null)
    return `${minutesInWords(row.durationMinutes)} once approved`;
  return "none";
}
