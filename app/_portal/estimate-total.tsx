import type { Estimate } from "#server/cost/cost.ts";
import styles from "./estimate.module.css";
import { Money } from "./money.tsx";

/** The total as a range with what it leaves out; an open upper end is said, not hidden. */
export function EstimateTotal({ estimate }: { estimate: Estimate }) {
  const { coverage, total, run, declared, catalogue, usageFiles = [] } = estimate;
  const isKnown = Number(total.lower) > 0 || total.upper !== null || coverage.dependsOnUsage > 0;
  const open = coverage.detected - coverage.priced - coverage.free;
  return (
    <div className={styles.total}>
      <p className={styles.sum}>
        <Money
          amount={isKnown ? total.lower : null}
          upper={total.upper}
          period="month"
          source={`price book of ${catalogue.asOfMax}`}
        />
        {run && isKnown ? (
          <span className={styles.run}>
            <Money amount={run.lower} upper={run.upper} /> for {run.hours} h
          </span>
        ) : null}
      </p>
      <p className={styles.note}>
        {coverage.detected === 0
          ? "No billable resources in the plan."
          : `${coverage.priced} of ${coverage.detected} resources priced, ${coverage.free} free${open > 0 ? `, ${open} without a known price` : ""}.`}{" "}
        List prices of {catalogue.asOfMin.slice(0, 7)} to {catalogue.asOfMax.slice(0, 7)}
        {catalogue.provider === "embedded" ? "" : " and from Infracost"}, {estimate.hoursPerMonth} h a month.
      </p>
      {usageFiles.length > 0 ? (
        <p className={styles.note}>
          Usage as the blueprint states it:{" "}
          {usageFiles.map((file) => (
            <code key={file}>{file} </code>
          ))}
        </p>
      ) : null}
      {declared && declared.costs.length > 0 ? (
        <p className={styles.note}>
          Includes declared by the owner:{" "}
          {declared.costs.map((cost, at) => (
            <span key={cost.name}>
              {at > 0 ? ", " : ""}
              {cost.name} <Money amount={cost.amount} period={cost.per} />
            </span>
          ))}
          .
        </p>
      ) : null}
    </div>
  );
}
