"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { ResourceStateBadge } from "#app/_portal/resource-state-badge.tsx";
import type { Outputs } from "#app/_trpc/outputs.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { BreakableCode } from "#app/_ui/breakable-code.tsx";
import { CopyCode } from "#app/_ui/copy-code.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Empty } from "#app/_ui/state/empty.tsx";
import { Moment } from "#app/_ui/time/moment.tsx";
import type { EnvironmentView } from "./step-view.ts";

type Row = Outputs["environment"]["resources"][number];

const order = { leftover: 0, suspect: 1, drifted: 2, destroying: 3, intended: 4, created: 5, destroyed: 6 } as const;

/** What its grains made, as last seen; whatever needs attention stands on top. */
export function ResourcesTab({ environment }: { environment: EnvironmentView }) {
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(trpc.environment.resources.queryOptions({ environmentId: environment.id }));
  if (data.length === 0)
    return <Empty title="No resources">They are listed here as the grains make them, and again as they go.</Empty>;
  const rows = [...data].sort((a, b) => order[a.state] - order[b.state] || a.address.localeCompare(b.address));
  const grains = new Set(rows.map((row) => row.grain)).size;
  const regions = rows.some((row) => row.region);
  const living = rows.filter((row) => row.state !== "destroyed").length;
  return (
    <>
      <p>
        {living} of {rows.length} exist.{environment.simulated ? " All are simulated." : ""}
      </p>
      <DataTable
        label="Resources"
        rows={rows}
        rowKey={(row) => row.id}
        columns={[
          { key: "address", label: "Resource", cell: (row) => <BreakableCode>{row.address}</BreakableCode> },
          ...(grains > 1 ? [{ key: "grain", label: "Grain", cell: (row: Row) => row.grain }] : []),
          { key: "state", label: "State", tight: true, cell: (row) => <ResourceStateBadge state={row.state} /> },
          {
            key: "cloudId",
            label: "Cloud id",
            cell: (row) => (row.cloudId ? <CopyCode shown={row.cloudId} what="cloud id" /> : "unknown"),
          },
          ...(regions
            ? [{ key: "region", label: "Region", wideOnly: true, cell: (row: Row) => row.region ?? "none" }]
            : []),
          { key: "attempt", label: "Attempt", numeric: true, wideOnly: true, cell: (row) => row.attempt },
          { key: "created", label: "Created", tight: true, cell: (row) => <Moment at={row.createdAt} /> },
        ]}
      />
    </>
  );
}
