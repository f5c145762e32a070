"use client";

import { Button, Group } from "@mantine/core";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
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
  const queries = useQueryClient();
  const refresh = { onSuccess: () => void queries.invalidateQueries(trpc.environment.pathFilter()) };
  const check = useMutation(trpc.environment.checkDrift.mutationOptions(refresh));
  const restore = useMutation(trpc.environment.restoreDrift.mutationOptions(refresh));
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
      <ProblemNotice error={check.error ?? restore.error} title="Not done" />
      <Notice
        tone={tone[environment.driftState]}
        title={title}
        action={
          <Group gap="xs">
            {environment.can.checkDrift ? (
              <Button
                size="xs"
                variant="default"
                loading={check.isPending}
                onClick={() => check.mutate({ environmentId: environment.id })}
              >
                {check.isSuccess ? "Check again" : "Check now"}
              </Button>
            ) : null}
            {environment.can.restoreDrift ? (
              <Button
                size="xs"
                loading={restore.isPending}
                onClick={() => restore.mutate({ environmentId: environment.id })}
              >
                Restore what was applied
              </Button>
            ) : null}
          </Group>
        }
      >
        {environment.driftCheckedAt ? (
          <>
            {check.isSuccess ? "Asked for; the result appears here. " : null}Checked{" "}
            <Moment at={environment.driftCheckedAt} relative />. Not checked since is not the same as no drift.
          </>
        ) : (
          "Active environments are checked on a schedule, and when you ask."
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
