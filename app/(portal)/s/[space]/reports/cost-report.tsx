"use client";

import { SegmentedControl } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { formatMoney } from "#app/_portal/format-money.ts";
import { Money } from "#app/_portal/money.tsx";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Empty } from "#app/_ui/state/empty.tsx";
import { Loading } from "#app/_ui/state/loading.tsx";
import { Moment } from "#app/_ui/time/moment.tsx";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import { fromFirst } from "./from-first.ts";
import { LazyChart } from "./lazy-chart.tsx";
import type { ReportQuestion } from "./report-question.ts";
import { SpacesCost } from "./spaces-cost.tsx";

const groups = [
  { value: "blueprints", label: "By blueprint" },
  { value: "owners", label: "By owner" },
  { value: "environments", label: "By environment" },
] as const;

/** What was spent, accrued from the time spent in each state. */
export function CostReport({ question }: { question: ReportQuestion }) {
  const trpc = useTRPC();
  const { path } = useSpace();
  const { value, change } = useUrlState();
  const query = useQuery(trpc.report.cost.queryOptions(question, { placeholderData: keepPreviousData }));
  if (query.error) return <ProblemNotice error={query.error} title="The report could not be made" />;
  if (!query.data) return <Loading what="the report" />;
  const { total, days, asOf } = query.data;
  const by = groups.find((group) => group.value === value("by"))?.value ?? "blueprints";
  const rows = query.data[by];
  const linkOf = (row: (typeof rows)[number]) => {
    if (by === "blueprints") return path(`environments?blueprint=${row.key}`);
    const ref = /^env-\d+/.exec(row.label)?.[0];
    return by === "environments" && ref ? path(`environments/${ref}`) : null;
  };
  return (
    <>
      <Section title={formatMoney(total)} note={<Moment at={asOf} />}>
        <LazyChart
          data={fromFirst(days, (day) => day.cost > 0)}
          dataKey="day"
          series={[{ name: "cost", label: "Cost a day", color: "var(--g-running-edge)" }]}
          withLegend={false}
          valueFormatter={(amount) => formatMoney(amount)}
        />
      </Section>
      <Section
        title="Where it went"
        actions={
          <SegmentedControl
            aria-label="Group by"
            size="xs"
            value={by}
            onChange={(next) => change({ by: next === "blueprints" ? null : next })}
            data={[...groups]}
          />
        }
        plain
      >
        {rows.length === 0 ? (
          <Empty title="Nothing was spent in this period" />
        ) : (
          <DataTable
            label="Cost"
            rows={rows}
            rowKey={(row) => row.key}
            columns={[
              {
                key: "label",
                label: groups.find((group) => group.value === by)?.label.replace("By ", "") ?? "",
                cell: (row) => {
                  const link = linkOf(row);
                  return link ? <Link href={link}>{row.label}</Link> : row.label;
                },
              },
              { key: "n", label: "Environments", numeric: true, cell: (row) => row.environments },
              { key: "cost", label: "Accrued", numeric: true, cell: (row) => <Money amount={row.cost} /> },
              {
                key: "share",
                label: "Share",
                numeric: true,
                cell: (row) => (total > 0 ? `${Math.round((row.cost / total) * 100)}%` : "none"),
              },
            ]}
          />
        )}
      </Section>
      <SpacesCost />
      <Section title="By day" plain>
        <DataTable
          label="Cost by day"
          density="compact"
          rows={days.filter((day) => day.cost > 0)}
          rowKey={(day) => day.day}
          columns={[
            { key: "day", label: "Day", cell: (day) => day.day },
            { key: "cost", label: "Cost", numeric: true, cell: (day) => <Money amount={day.cost} /> },
          ]}
        />
      </Section>
    </>
  );
}
