"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Empty } from "#app/_ui/state/empty.tsx";
import { Loading } from "#app/_ui/state/loading.tsx";
import { duration } from "#app/_ui/time/format-time.ts";
import { LazyChart } from "./lazy-chart.tsx";
import type { ReportQuestion } from "./report-question.ts";

const parts = [
  { name: "approval", label: "Waiting for approval", color: "var(--g-approval-edge)" },
  { name: "queue", label: "In the queue", color: "var(--g-idle-edge)" },
  { name: "provisioning", label: "Provisioning", color: "var(--g-running-edge)" },
] as const;

/** From asking to ready, and where the time went: medians, with how many they are of. */
export function ReadyReport({ question }: { question: ReportQuestion }) {
  const trpc = useTRPC();
  const { path } = useSpace();
  const query = useQuery(trpc.report.timeToReady.queryOptions(question, { placeholderData: keepPreviousData }));
  if (query.error) return <ProblemNotice error={query.error} title="The report could not be made" />;
  if (!query.data) return <Loading what="the report" />;
  const rows = query.data;
  if (rows.length === 0) return <Empty title="Nothing became ready in this period" />;
  const minutes = rows.map((row) => ({
    blueprint: row.blueprint,
    approval: row.approval / 60,
    queue: row.queue / 60,
    provisioning: row.provisioning / 60,
  }));
  const time = (seconds: number) => duration(Math.max(0, seconds) * 1000);
  return (
    <Section title="From asking to ready">
      <LazyChart
        data={minutes}
        dataKey="blueprint"
        type="stacked"
        orientation="vertical"
        h={Math.max(160, rows.length * 44)}
        yAxisProps={{ width: 150 }}
        valueFormatter={(value) => duration(value * 60_000)}
        series={parts.map(({ name, label, color }) => ({ name, label, color }))}
      />
      <DataTable
        label="Time to ready"
        rows={rows}
        rowKey={(row) => row.blueprint}
        columns={[
          {
            key: "blueprint",
            label: "Blueprint",
            cell: (row) => <Link href={path(`environments?blueprint=${row.blueprint}`)}>{row.blueprint}</Link>,
          },
          { key: "n", label: "Launches", numeric: true, cell: (row) => row.n },
          { key: "p50", label: "Half within", numeric: true, cell: (row) => time(row.p50) },
          {
            key: "p95",
            label: "95% within",
            numeric: true,
            cell: (row) => (row.n < 5 ? "too few" : time(row.p95)),
          },
          ...parts.map((part) => ({
            key: part.name,
            label: part.label,
            numeric: true,
            cell: (row: (typeof rows)[number]) => time(row[part.name]),
          })),
        ]}
      />
    </Section>
  );
}
