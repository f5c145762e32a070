"use client";

import { ActorName } from "#app/_portal/actor-name.tsx";
import { RunStateBadge, runKindWord } from "#app/_portal/run-state-badge.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Elapsed } from "#app/_ui/time/elapsed.tsx";
import { Moment } from "#app/_ui/time/moment.tsx";
import { LogLink } from "./log/log-link.tsx";
import type { RunView } from "./step-view.ts";

/** Every run and every attempt; a retry never replaces what failed. */
export function EnvironmentRuns({ runs }: { runs: readonly RunView[] }) {
  return (
    <DataTable
      label="Runs"
      rows={runs}
      rowKey={(run) => run.id}
      columns={[
        {
          key: "kind",
          label: "Run",
          cell: (run) => (
            <LogLink run={run.id}>
              {runKindWord[run.kind]}, attempt {run.attempt}
            </LogLink>
          ),
        },
        { key: "state", label: "State", cell: (run) => <RunStateBadge state={run.state} /> },
        { key: "started", label: "Started", cell: (run) => <Moment at={run.startedAt ?? run.createdAt} /> },
        {
          key: "took",
          label: "Took",
          numeric: true,
          cell: (run) => (run.startedAt ? <Elapsed from={run.startedAt} to={run.finishedAt} /> : "waiting"),
        },
        { key: "by", label: "Started by", wideOnly: true, cell: (run) => <ActorName actor={run.startedBy} /> },
        { key: "error", label: "Outcome", cell: (run) => run.error ?? "" },
      ]}
    />
  );
}
