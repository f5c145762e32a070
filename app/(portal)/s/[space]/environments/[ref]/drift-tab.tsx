"use client";

import { Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { showValue } from "#app/_portal/show-value.ts";
import { stateKey } from "#app/_portal/use-idempotency-key.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Notice } from "#app/_ui/state/notice.tsx";
import { Moment } from "#app/_ui/time/moment.tsx";
import { AcceptDriftDialog } from "./accept-drift-dialog.tsx";
import { driftStanding } from "./drift-standing.ts";
import type { EnvironmentView } from "./step-view.ts";

/** Where the world differs from what was applied, since when, and when somebody last looked. */
export function DriftTab({ environment }: { environment: EnvironmentView }) {
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(trpc.environment.resources.queryOptions({ environmentId: environment.id }));
  const queries = useQueryClient();
  const refresh = { onSuccess: () => void queries.invalidateQueries(trpc.environment.pathFilter()) };
  const check = useMutation(trpc.environment.checkDrift.mutationOptions(refresh));
  const restore = useMutation(trpc.environment.restoreDrift.mutationOptions(refresh));
  const [accepting, accept] = useDisclosure(false);
  const findings = data.flatMap((resource) =>
    (resource.drift ?? []).map((field) => ({
      ...field,
      key: `${resource.id}/${field.field}`,
      address: resource.address,
    })),
  );
  const { can, drift, driftCheckedAt } = environment;
  const { tone, title, hint } = driftStanding(environment, findings.length);
  return (
    <>
      <ProblemNotice error={check.error ?? restore.error} title="Not done" />
      <Notice
        tone={tone}
        title={title}
        live
        action={
          <Group gap="xs">
            {can.checkDrift ? (
              <Button
                size="xs"
                variant="default"
                loading={check.isPending || drift.isChecking}
                onClick={() => check.mutate({ environmentId: environment.id })}
              >
                {driftCheckedAt ? "Check again" : "Check now"}
              </Button>
            ) : null}
            {can.acceptDrift ? (
              <Button size="xs" variant="default" disabled={drift.isChecking} onClick={accept.open}>
                Accept as baseline…
              </Button>
            ) : null}
            {can.restoreDrift ? (
              <Button
                size="xs"
                loading={restore.isPending}
                disabled={drift.isChecking}
                onClick={() => restore.mutate({ environmentId: environment.id, idempotencyKey: stateKey(environment) })}
              >
                Restore what was applied
              </Button>
            ) : null}
          </Group>
        }
      >
        {hint ? <div>{hint}</div> : null}
        {driftCheckedAt ? (
          <div>
            Checked <Moment at={driftCheckedAt} relative />
            {drift.stale ? ", not since" : ""}.
          </div>
        ) : null}
        {drift.accepted ? (
          <div>
            The baseline is what {drift.accepted.by} accepted <Moment at={drift.accepted.at} relative />.
          </div>
        ) : null}
      </Notice>
      {accepting && driftCheckedAt ? (
        <AcceptDriftDialog
          environment={environment}
          checkedAt={driftCheckedAt}
          fields={findings.length}
          close={accept.close}
        />
      ) : null}
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
