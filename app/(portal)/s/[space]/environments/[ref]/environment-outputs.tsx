"use client";

import { Anchor } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { CopyCode } from "#app/_ui/copy-code.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { SecretValue } from "./secret-value.tsx";
import type { EnvironmentView } from "./step-view.ts";

/** What the environment gives: links open, values copy, secrets stay covered until asked for. */
export function EnvironmentOutputs({ environment }: { environment: EnvironmentView }) {
  const running = ["active", "updating", "ending", "leftovers"].includes(environment.state);
  return (
    <DataTable
      label="Outputs"
      rows={environment.outputs}
      rowKey={(output) => output.name}
      columns={[
        { key: "name", label: "Output", cell: (output) => <code>{output.name}</code> },
        {
          key: "value",
          label: "Value",
          cell: (output) =>
            output.sensitive ? (
              <SecretValue environmentId={environment.id} output={output.name} allowed={environment.can.readSecret} />
            ) : output.kind === "link" && running ? (
              <Anchor href={output.value} target="_blank" rel="noreferrer">
                {output.value} <IconExternalLink size={12} aria-label="opens in a new tab" />
              </Anchor>
            ) : (
              <CopyCode shown={output.value} what={output.name} />
            ),
        },
      ]}
    />
  );
}
