"use client";

import { DataTable } from "#app/_ui/data-table.tsx";
import { Section } from "#app/_ui/section.tsx";
import type { ApprovalView } from "./approval-view.ts";

/** What is different from the last one people approved here: usually all that has to be read. */
export function LastApproved({ diff }: { diff: NonNullable<ApprovalView["diffToLastApproved"]> }) {
  return (
    <Section title={`Compared with ${diff.ref}, approved last`} plain>
      {diff.changes.length === 0 ? (
        <p>The inputs, the length and the blueprint's revision are the same.</p>
      ) : (
        <DataTable
          label="Differences"
          rows={diff.changes}
          rowKey={(row) => row.field}
          columns={[
            { key: "field", label: "Field", cell: (row) => row.field },
            { key: "from", label: "Then", cell: (row) => (row.from === null ? "not set" : <code>− {row.from}</code>) },
            { key: "to", label: "Now", cell: (row) => (row.to === null ? "not set" : <code>+ {row.to}</code>) },
          ]}
        />
      )}
    </Section>
  );
}
