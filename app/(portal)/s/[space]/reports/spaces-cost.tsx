"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { BudgetMeter } from "#app/_portal/budget-meter.tsx";
import { Money } from "#app/_portal/money.tsx";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useTRPC } from "#app/_trpc/react.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Empty } from "#app/_ui/state/empty.tsx";
import { Loading } from "#app/_ui/state/loading.tsx";
import { Moment } from "#app/_ui/time/moment.tsx";
import styles from "./reports.module.css";

/** This month of each space one may read reports of, against its budget. */
export function SpacesCost() {
  const trpc = useTRPC();
  const query = useQuery(trpc.report.spaces.queryOptions());
  if (query.error) return <ProblemNotice error={query.error} title="The spaces' budgets could not be read" />;
  if (!query.data) return <Loading what="the spaces' budgets" />;
  const { spaces, asOf, hidden } = query.data;
  return (
    <Section title="Spaces this month" note={<Moment at={asOf} />} plain>
      {spaces.length === 0 ? (
        <Empty title="There is no space whose cost you may read" />
      ) : (
        <DataTable
          label="Spaces this month"
          rows={spaces}
          rowKey={(space) => space.slug}
          columns={[
            {
              key: "space",
              label: "Space",
              cell: (space) => <Link href={`/s/${space.slug}/reports?report=cost`}>{space.name}</Link>,
            },
            {
              key: "spent",
              label: "So far",
              numeric: true,
              cell: (space) => <Money amount={space.spent} currency={space.currency} />,
            },
            {
              key: "coming",
              label: "To come",
              numeric: true,
              cell: (space) => <Money amount={space.coming} currency={space.currency} />,
            },
            { key: "budget", label: "Budget", cell: (space) => <BudgetMeter month={space} short /> },
          ]}
        />
      )}
      {hidden > 0 ? <p className={styles.hint}>And {hidden} more spaces.</p> : null}
    </Section>
  );
}
