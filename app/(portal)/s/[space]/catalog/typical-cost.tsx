import { Money } from "#app/_portal/money.tsx";
import type { Outputs } from "#app/_trpc/outputs.ts";

type Costed = Pick<
  Outputs["catalog"]["list"]["items"][number],
  "typicalMonthlyCost" | "typicalHourlyCost" | "typicalCostIsOpen" | "declaredCosts" | "launches"
>;

/** What its environments were usually estimated at; before the first, what its owner declares. */
export function TypicalCost({ item }: { item: Costed }) {
  const upper = item.typicalCostIsOpen ? null : undefined;
  if (item.typicalCostIsOpen && item.typicalMonthlyCost !== null && Number(item.typicalMonthlyCost) === 0)
    return <span>cost depends on usage</span>;
  if (item.typicalMonthlyCost !== null)
    return (
      <span>
        typically <Money amount={item.typicalMonthlyCost} upper={upper} period="month" />
        {item.typicalHourlyCost ? (
          <>
            , <Money amount={item.typicalHourlyCost} upper={upper} period="hour" />
          </>
        ) : null}
      </span>
    );
  const [declared] = item.declaredCosts;
  if (declared)
    return (
      <span>
        declared <Money amount={declared.amount} currency={declared.currency} period={declared.per} />
      </span>
    );
  return <span>cost shown before launch</span>;
}
