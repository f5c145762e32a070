import { formatMoney } from "./format-money.ts";
import styles from "./money.module.css";

/**
 * An amount never stands alone: period, and where it comes from; an unknown amount is a word, not a zero. With `upper` null
 * the amount is the known part only, and a known part of nothing is no figure at all.
 */
export function Money(props: {
  amount: string | number | null | undefined;
  currency?: string;
  period?: "month" | "hour" | "launch" | "so far" | "this month" | undefined;
  source?: string | undefined;
  upper?: string | number | null | undefined;
}) {
  if (props.amount === null || props.amount === undefined)
    return <span className={styles.unknown}>unknown{props.period ? ` per ${props.period}` : ""}</span>;
  if (props.upper === null && Number(props.amount) === 0)
    return <span className={styles.unknown}>depends on usage</span>;
  const per = props.period === "month" || props.period === "hour" || props.period === "launch";
  const ranged = props.upper !== undefined && props.upper !== props.amount;
  return (
    <span className={styles.money} title={props.source}>
      {formatMoney(props.amount, props.currency)}
      {ranged ? (props.upper ? ` – ${formatMoney(props.upper, props.currency)}` : " or more") : null}
      {props.period ? <span className={styles.period}>{per ? ` / ${props.period}` : ` ${props.period}`}</span> : null}
    </span>
  );
}
