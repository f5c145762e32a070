"use client";

import Link from "next/link";
import { EnvironmentStateBadge } from "#app/_portal/environment-state-badge.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import type { Outputs } from "#app/_trpc/outputs.ts";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Moment } from "#app/_ui/time/moment.tsx";
import type { EnvironmentState } from "#db/schema/environment.ts";

export function LastLaunches({ rows }: { rows: Outputs["catalog"]["find"]["lastLaunches"] }) {
  const { path } = useSpace();
  if (rows.length === 0) return null;
  return (
    <Section title="Last launches here" plain>
      <DataTable
        label="Last launches"
        rows={rows}
        rowKey={(row) => row.id}
        columns={[
          {
            key: "name",
            label: "Environment",
            cell: (row) => <Link href={path(`environments/env-${row.number}`)}>{row.name}</Link>,
          },
          {
            key: "state",
            label: "State",
            cell: (row) => <EnvironmentStateBadge state={row.state as EnvironmentState} />,
          },
          { key: "at", label: "Asked", cell: (row) => <Moment at={row.createdAt} relative /> },
        ]}
      />
    </Section>
  );
}
