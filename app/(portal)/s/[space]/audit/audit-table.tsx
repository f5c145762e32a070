"use client";

import { Anchor } from "@mantine/core";
import { ActorName } from "#app/_portal/actor-name.tsx";
import { auditActionWord } from "#app/_portal/audit-action-words.ts";
import type { Outputs } from "#app/_trpc/outputs.ts";
import { DataTable } from "#app/_ui/data-table.tsx";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import { OutcomeBadge } from "./outcome-badge.tsx";
import { UtcTime } from "./utc-time.tsx";

type Row = Outputs["audit"]["list"]["events"][number];

export function AuditTable({ events }: { events: readonly Row[] }) {
  const { change } = useUrlState();
  return (
    <DataTable
      label="Audit events"
      density="compact"
      rows={events}
      rowKey={(event) => String(event.seq)}
      columns={[
        {
          key: "seq",
          label: "No.",
          numeric: true,
          narrow: true,
          tight: true,
          cell: (event) => (
            <Anchor
              component="button"
              type="button"
              size="sm"
              onClick={() => change({ event: String(event.seq) }, "push")}
              aria-label={`Event ${event.seq}: ${event.actor.name} ${auditActionWord(event.action)}`}
            >
              #{event.seq}
            </Anchor>
          ),
        },
        { key: "at", label: "Time (UTC)", tight: true, cell: (event) => <UtcTime at={event.at} /> },
        { key: "actor", label: "Actor", tight: true, cell: (event) => <ActorName actor={event.actor} /> },
        {
          key: "action",
          label: "Action",
          tight: true,
          cell: (event) => <span title={event.action}>{auditActionWord(event.action)}</span>,
        },
        { key: "object", label: "On", cell: (event) => event.object.name || event.object.type },
        { key: "outcome", label: "Outcome", cell: (event) => <OutcomeBadge outcome={event.outcome} /> },
      ]}
    />
  );
}
