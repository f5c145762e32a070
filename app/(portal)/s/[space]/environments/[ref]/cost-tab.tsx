"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { EnvironmentStateBadge } from "#app/_portal/environment-state-badge.tsx";
import { EstimateTable } from "#app/_portal/estimate-table.tsx";
import { Money } from "#app/_portal/money.tsx";
import { openEnd, storedEstimate } from "#app/_portal/stored.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Facts } from "#app/_ui/facts.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Elapsed } from "#app/_ui/time/elapsed.tsx";
import { Moment } from "#app/_ui/time/moment.tsx";
import type { EnvironmentView } from "./step-view.ts";

type Rates = Record<"running" | "provisioned" | "usage", string>;

const phases = [
  { key: "running", name: "While machines run", hint: "ends when they stop" },
  { key: "provisioned", name: "While it exists", hint: "disks, addresses, balancers: until it is destroyed" },
  { key: "usage", name: "By use", hint: "as the blueprint states it" },
] as const;

/** The estimate by the hour, cut by what keeps it ticking. */
function phaseFacts(rates: Rates) {
  return phases
    .filter(({ key }) => Number(rates[key]) > 0)
    .map(({ key, name, hint }) => ({ name, value: <Money amount={rates[key]} period="hour" />, hint }));
}

/** What it has cost by its states, beside what was estimated for it. */
export function CostTab({ environment }: { environment: EnvironmentView }) {
  const trpc = useTRPC();
  const { data: cost } = useSuspenseQuery(trpc.environment.cost.queryOptions({ environmentId: environment.id }));
  const estimate = storedEstimate(cost.estimate);
  return (
    <>
      <Section title="So far" note={<Moment at={cost.asOf} />}>
        <Facts
          items={[
            { name: "Accrued", value: <Money amount={cost.accrued} />, hint: "rate of each state times its length" },
            { name: "Rate now", value: <Money amount={environment.hourlyCost} period="hour" /> },
            ...(cost.rates ? phaseFacts(cost.rates) : []),
            {
              name: "Estimate",
              value: (
                <Money amount={environment.monthlyEstimate} upper={openEnd(environment.estimate)} period="month" />
              ),
              hint: "if kept running",
            },
          ]}
        />
      </Section>
      <Section title="By state" plain>
        <DataTable
          label="Cost by state"
          rows={cost.periods.map((period, at) => ({ ...period, key: String(at) }))}
          rowKey={(period) => period.key}
          columns={[
            { key: "state", label: "State", cell: (period) => <EnvironmentStateBadge state={period.state} /> },
            { key: "from", label: "From", cell: (period) => <Moment at={period.from} /> },
            {
              key: "length",
              label: "Length",
              numeric: true,
              cell: (period) => <Elapsed from={period.from} to={period.to} />,
            },
            {
              key: "rate",
              label: "Rate",
              numeric: true,
              cell: (period) => <Money amount={period.hourly} period="hour" />,
            },
            { key: "amount", label: "Amount", numeric: true, cell: (period) => <Money amount={period.amount} /> },
          ]}
        />
      </Section>
      {estimate ? (
        <Section title="Estimate at launch" plain>
          <EstimateTable estimate={estimate} />
        </Section>
      ) : null}
    </>
  );
}
