"use client";

import { EvidenceChip } from "#app/_portal/evidence-chip.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import type { Evidence } from "#server/decision/evidence.ts";
import type { ApprovalView } from "./approval-view.ts";

function byDefault(usual: string | undefined, value: string | undefined): Evidence | undefined {
  return usual !== undefined && (value ?? usual) === usual ? { source: "blueprint_default" } : undefined;
}

/** Asked, proposed, and from where: assumptions stand on top. */
export function ApprovalInputs({ approval }: { approval: ApprovalView }) {
  const evidence = approval.environment.evidence as Record<string, Evidence | undefined>;
  const rows = (approval.blueprint?.inputs ?? [])
    .map((input) => ({
      input,
      value: approval.environment.inputs[input.name],
      evidence: evidence[`inputs.${input.name}`] ?? byDefault(input.default, approval.environment.inputs[input.name]),
    }))
    .sort((a, b) => Number(b.evidence?.source === "assumption") - Number(a.evidence?.source === "assumption"));
  return (
    <>
      {approval.environment.prompt ? (
        <p>
          Asked in words: <q>{approval.environment.prompt}</q>
        </p>
      ) : null}
      <DataTable
        label="Inputs"
        rows={rows}
        rowKey={(row) => row.input.name}
        rowTone={(row) => (row.evidence?.source === "assumption" ? "warning" : undefined)}
        columns={[
          { key: "name", label: "Input", cell: (row) => row.input.title || row.input.name },
          {
            key: "value",
            label: "Value",
            cell: (row) =>
              row.input.sensitive ? "(hidden)" : <code>{row.value ?? row.input.default ?? "not set"}</code>,
          },
          {
            key: "default",
            label: "Blueprint default",
            wideOnly: true,
            cell: (row) => (row.input.sensitive ? "(hidden)" : (row.input.default ?? "none")),
          },
          {
            key: "source",
            label: "Source",
            cell: (row) =>
              row.evidence ? <EvidenceChip evidence={row.evidence} field={row.input.title} who="requester" /> : "form",
          },
        ]}
      />
    </>
  );
}
