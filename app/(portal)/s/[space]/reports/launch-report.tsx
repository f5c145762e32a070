"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Facts } from "#app/_ui/facts.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Loading } from "#app/_ui/state/loading.tsx";
import { dateInWords } from "#app/_ui/time/format-time.ts";
import type { LaunchOutcome } from "#db/schema/environment.ts";
import { fromFirst } from "./from-first.ts";
import { LazyChart } from "./lazy-chart.tsx";
import type { ReportQuestion } from "./report-question.ts";

const outcomes = [
  { name: "succeeded", label: "Became active", color: "var(--g-good-edge)" },
  { name: "failed", label: "Failed", color: "var(--g-failed-edge)" },
  { name: "denied", label: "Denied", color: "var(--g-denied-edge)" },
  { name: "rejected", label: "Rejected", color: "var(--g-drifted-edge)" },
  { name: "withdrawn", label: "Withdrawn", color: "var(--g-ended-edge)" },
  { name: "waiting", label: "Still waiting", color: "var(--g-approval-edge)" },
] as const satisfies readonly { name: LaunchOutcome; label: string; color: string }[];

/** What was asked for each day, and what became of it. */
export function LaunchReport({ question }: { question: ReportQuestion }) {
  const trpc = useTRPC();
  const { path } = useSpace();
  const query = useQuery(trpc.report.launches.queryOptions(question, { placeholderData: keepPreviousData }));
  if (query.error) return <ProblemNotice error={query.error} title="The report could not be made" />;
  if (!query.data) return <Loading what="the report" />;
  const { days, totals } = query.data;
  const sum = Object.values(totals).reduce((all, each) => all + each, 0);
  return (
    <>
      <Section title={sum === 1 ? "1 launch" : `${sum} launches`}>
        <Facts
          items={outcomes.map((outcome) => ({
            name: outcome.label,
            value:
              totals[outcome.name] > 0 ? (
                <Link href={path(`environments?${countedHere(question, outcome.name)}`)}>{totals[outcome.name]}</Link>
              ) : (
                totals[outcome.name]
              ),
          }))}
        />
      </Section>
      <Section title="By day">
        <LazyChart
          data={fromFirst(days, (day) => outcomes.some(({ name }) => day[name] > 0))}
          dataKey="day"
          type="stacked"
          counts
          series={outcomes
            .filter(({ name }) => totals[name] > 0)
            .map(({ name, label, color }) => ({ name, label, color }))}
        />
        <DataTable
          label="Launches by day"
          density="compact"
          rows={days.filter((day) => outcomes.some(({ name }) => day[name] > 0))}
          rowKey={(day) => day.day}
          columns={[
            { key: "day", label: "Day", tight: true, cell: (day) => dateInWords(day.day) },
            ...outcomes.map((outcome) => ({
              key: outcome.name,
              label: outcome.label,
              numeric: true,
              cell: (day: (typeof days)[number]) => day[outcome.name],
            })),
          ]}
        />
      </Section>
    </>
  );
}

/** The list of the very environments that a number counts. */
function countedHere({ from, to }: ReportQuestion, outcome: LaunchOutcome): URLSearchParams {
  return new URLSearchParams({ outcome, from: from.toISOString(), before: to.toISOString() });
}
