"use client";

import { EvidenceChip } from "#app/_portal/evidence-chip.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import type { Evidence } from "#server/decision/evidence.ts";
import type { EnvironmentView } from "./step-view.ts";

type Row = { name: string; title: string; value: string; sensitive: boolean; evidence: Evidence | null };

function inputRows(environment: EnvironmentView): Row[] {
  const evidence = environment.evidence as Record<string, Evidence | undefined>;
  return (environment.blueprint?.inputs ?? [])
    .filter((input) => input.name in environment.inputs || environment.sensitiveInputNames.includes(input.name))
    .map((input) => ({
      name: input.name,
      title: input.title,
      value: environment.inputs[input.name] ?? "",
      sensitive: input.sensitive,
      evidence: evidence[`inputs.${input.name}`] ?? defaultEvidence(input.default, environment.inputs[input.name]),
    }));
}

function defaultEvidence(byDefault: string | undefined, value: string | undefined): Evidence | null {
  return byDefault !== undefined && byDefault === value ? { source: "blueprint_default" } : null;
}

/** What it was launched with, and where each value came from. */
export function EnvironmentInputs({ environment }: { environment: EnvironmentView }) {
  return (
    <DataTable
      label="Inputs"
      rows={inputRows(environment)}
      rowKey={(input) => input.name}
      columns={[
        { key: "title", label: "Input", cell: (input) => input.title },
        {
          key: "value",
          label: "Value",
          cell: (input) =>
            input.sensitive ? "(hidden)" : input.value === "" ? <em>empty</em> : <code>{input.value}</code>,
        },
        {
          key: "source",
          label: "Source",
          cell: (input) =>
            input.evidence ? <EvidenceChip evidence={input.evidence} field={input.title} who="requester" /> : "form",
        },
      ]}
    />
  );
}
