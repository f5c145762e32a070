import type { Estimate } from "#server/cost/cost.ts";
import styles from "./estimate.module.css";
import { Money } from "./money.tsx";

type Range = { lower: number; upper: number | null };

/** List prices and what the owner declares, together; a sum that is open above stays open. */
function withDeclared({ lower, upper }: { lower: string; upper: string | null }, declared: number): Range {
  return { lower: Number(lower) + declared, upper: upper === null ? null : Number(upper) + declared };
}

/** What was declared for one run: its part of a month, and what each launch costs. */
function declaredForRun({ declared, hoursPerMonth }: Estimate, hours: number): number {
  return declared ? (Number(declared.monthly) * hours) / hoursPerMonth + Number(declared.perLaunch) : 0;
}

/** The total as a range with what it leaves out; an open upper end is said, not hidden. */
export function EstimateTotal({ estimate }: { estimate: Estimate }) {
  const { coverage, total, run, declared, catalogue, usageFiles = [] } = estimate;
  const isKnown = Number(total.lower) > 0 || total.upper !== null || coverage.dependsOnUsage > 0;
  const month = withDeclared(total, Number(declared?.monthly ?? 0));
  const ofRun = run && withDeclared(run, declaredForRun(estimate, run.hours));
  const open = coverage.detected - coverage.priced - coverage.free;
  return (
    <div className={styles.total}>
      <p className={styles.sum}>
        <Money
          amount={isKnown || declared ? month.lower : null}
          upper={month.upper}
          period="month"
          source={`price book of ${catalogue.asOfMax}`}
        />
        {ofRun && (isKnown || declared) ? (
          <span className={styles.run}>
            <Money amount={ofRun.lower} upper={ofRun.upper} /> for {run.hours} h
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
