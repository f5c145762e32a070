"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { EnabledBadge } from "#app/_portal/enabled-badge.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { showLimit } from "#app/_portal/show-value.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";

/** The limits of all policies here, each leading to where it is edited and tested. */
export function PolicyDataTab({ space }: { space: string }) {
  const trpc = useTRPC();
  const { path } = useSpace();
  const { data } = useSuspenseQuery(trpc.policy.list.queryOptions({ space }));
  const rows = data
    .filter((policy) => !policy.dataFrom)
    .flatMap((policy) =>
      Object.entries(policy.fields).map(([name, field]) => ({
        key: `${policy.name}/${name}`,
        policy,
        title: field.title,
        type: field.type,
        value: policy.data[name],
        released: field.default,
      })),
    );
  return (
    <DataTable
      label="Policy data"
      rows={rows}
      rowKey={(row) => row.key}
      columns={[
        {
          key: "policy",
          label: "Policy",
          cell: (row) => <Link href={path(`policies/${row.policy.name}`)}>{row.policy.title}</Link>,
        },
        { key: "limit", label: "Limit", cell: (row) => row.title },
        { key: "value", label: "Here", cell: (row) => showLimit(row.value, row.type) },
        {
          key: "released",
          label: "As released",
          wideOnly: true,
          cell: (row) =>
            JSON.stringify(row.value) === JSON.stringify(row.released) ? "same" : showLimit(row.released, row.type),
        },
        { key: "state", label: "Policy is", cell: (row) => <EnabledBadge enabled={row.policy.enabled} /> },
      ]}
    />
  );
}
