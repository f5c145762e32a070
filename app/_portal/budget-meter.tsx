import { Meter } from "#app/_ui/meter.tsx";
import { formatMoney } from "./format-money.ts";

type Month = { spent: number; coming: number; budget: number | null; currency: string };

/** A month's spending against its budget, on a line and in words; words alone where no budget is set. */
export function BudgetMeter({ month, short = false }: { month: Month; short?: boolean }) {
  const { spent, coming, budget, currency } = month;
  if (budget === null) return <span>none set</span>;
  const expected = spent + coming;
  const isOver = expected > budget;
  const difference = formatMoney(Math.abs(budget - expected), currency);
  return (
    <Meter
      label={`${short ? "" : "Budget "}${formatMoney(budget, currency)} a month`}
      parts={[
        { name: "spent", value: spent, tone: "running" },
        { name: "to come", value: coming, tone: isOver ? "denied" : "idle" },
      ]}
      total={budget}
      words={isOver ? `${difference} over budget expected` : `${difference} left after that`}
    />
  );
}
