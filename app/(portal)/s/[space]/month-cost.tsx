"use client";

import { Anchor } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { BudgetMeter } from "#app/_portal/budget-meter.tsx";
import { formatMoney } from "#app/_portal/format-money.ts";
import { Money } from "#app/_portal/money.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Moment } from "#app/_ui/time/moment.tsx";
import styles from "./home.module.css";

/** What the space has spent this month, what is still to come, and what is left. */
export function MonthCost({ space }: { space: string }) {
  const trpc = useTRPC();
  const { path, can } = useSpace();
  const { data } = useSuspenseQuery(trpc.report.month.queryOptions({ space }));
  const expected = data.spent + data.coming;
  return (
    <Section
      title="Cost this month"
      note={<Moment at={data.asOf} />}
      actions={
        can("report.read") ? (
          <Anchor component={Link} href={path("reports?report=cost")} size="sm">
            Report
          </Anchor>
        ) : null
      }
    >
      <p className={styles.sum}>
        <Money amount={data.spent} currency={data.currency} period="so far" />
      </p>
      <p className={styles.hint}>
        About {formatMoney(expected, data.currency)} by the end of the month if what runs now keeps its end times.
        {data.unpriced > 0 ? ` ${data.unpriced} running ${data.unpriced === 1 ? "has" : "have"} no known price.` : ""}
      </p>
      {data.budget === null ? (
        <p className={styles.hint}>No budget is set for this space.</p>
      ) : (
        <BudgetMeter month={data} />
      )}
    </Section>
  );
}
