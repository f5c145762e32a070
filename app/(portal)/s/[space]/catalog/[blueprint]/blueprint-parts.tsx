"use client";

import { DataTable } from "#app/_ui/data-table.tsx";
import { Section } from "#app/_ui/section.tsx";
import type { Blueprint } from "#server/blueprint/blueprint.ts";

/** What it asks for, what it is made of, what it gives. */
export function BlueprintParts({ blueprint }: { blueprint: Blueprint }) {
  return (
    <>
      {blueprint.inputs.length > 0 ? (
        <Section title="Inputs" plain>
          <DataTable
            label="Inputs"
            rows={blueprint.inputs}
            rowKey={(input) => input.name}
            columns={[
              { key: "title", label: "Input", cell: (input) => input.title || input.name },
              { key: "description", label: "Asks for", cell: (input) => input.description || "none" },
              {
                key: "values",
                label: "Values",
                cell: (input) =>
                  input.allowedValues.length > 0
                    ? input.allowedValues.map((value) => value.label).join(", ")
                    : (input.validationDescription ?? (input.sensitive ? "a secret" : input.type)),
              },
              {
                key: "default",
                label: "Default",
                cell: (input) => (input.default === undefined ? "must be given" : <code>{input.default || '""'}</code>),
              },
            ]}
          />
        </Section>
      ) : null}
      <Section title="Components (grains)" plain>
        <DataTable
          label="Grains"
          rows={blueprint.grains}
          rowKey={(grain) => grain.name}
          columns={[
            { key: "name", label: "Component", cell: (grain) => <code>{grain.name}</code> },
            { key: "kind", label: "Kind", cell: (grain) => grain.kind },
            {
              key: "after",
              label: "After",
              cell: (grain) => (grain.dependsOn.length > 0 ? grain.dependsOn.join(", ") : "nothing"),
            },
          ]}
        />
      </Section>
      {blueprint.outputs.length > 0 ? (
        <Section title="Outputs" plain>
          <DataTable
            label="Outputs"
            rows={blueprint.outputs}
            rowKey={(output) => output.name}
            columns={[
              { key: "name", label: "Output", cell: (output) => output.name },
              { key: "kind", label: "Kind", cell: (output) => (output.kind === "link" ? "link" : "value") },
              { key: "secret", label: "Secret", cell: (output) => (output.sensitive ? "yes" : "no") },
            ]}
          />
        </Section>
      ) : null}
    </>
  );
}
