"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { showValue } from "#app/_portal/show-value.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Notice } from "#app/_ui/state/notice.tsx";
import { Moment } from "#app/_ui/time/moment.tsx";
import type { EnvironmentView } from "./step-view.ts";

/** Where the world differs from what was applied, since when, and when somebody last looked. */
export function DriftTab({ environment }: { environment: EnvironmentView }) {
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(trpc.environment.resources.queryOptions({ environmentId: environment.id }));
  const findings = data.flatMap((resource) =>
    (resource.drift ?? []).map((field) => ({
      ...field,
      key: `${resource.id}/${field.field}`,
      address: resource.address,
    })),
  );
  const title = {
    unknown: "Not checked yet",
    clean: "No drift at the last check",
    drifted: `${findings.length} ${findings.length === 1 ? "field differs" : "fields differ"} from what was applied`,
  }[environment.driftState];
  const tone = { unknown: "idle", clean: "good", drifted: "drifted" } as const;
  return (
    <>
      <Notice tone={tone[environment.driftState]} title={title}>
        {environment.driftCheckedAt ? (
          <>
            Checked <Moment at={environment.driftCheckedAt} relative />. Not checked since is not the same as no drift.
          </>
        ) : (
          "Active environments are checked on a schedule."
        )}
      </Notice>
      {findings.length > 0 ? (
        <DataTable
          label="Drift"
          rows={findings}
          rowKey={(row) => row.key}
          columns={[
            { key: "address", label: "Resource", cell: (row) => <code>{row.address}</code> },
            { key: "field", label: "Field", cell: (row) => <code>{row.field}</code> },
            { key: "expected", label: "Applied", cell: (row) => <code>− {showValue(row.expected)}</code> },
            { key: "actual", label: "Found", cell: (row) => <code>+ {showValue(row.actual)}</code> },
            { key: "seen", label: "Seen", cell: (row) => <Moment at={row.seenAt} /> },
          ]}
        />
      ) : null}
    </>
  );
}
