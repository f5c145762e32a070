import type { Verdict } from "#server/policy/verdict.ts";
import { showValue } from "./show-value.ts";
import styles from "./verdict.module.css";

/** Why: the rule's sentence, the values it looked at, the limit, and what would change the answer. */
export function VerdictReason({ verdict }: { verdict: Verdict }) {
  return (
    <div className={styles.reason}>
      <p>{verdict.error ? `The policy itself failed, and that denies: ${verdict.error}` : verdict.reason}</p>
      {verdict.facts.length > 0 || verdict.limit ? (
        <ul className={styles.facts}>
          {verdict.facts.map((fact) => (
            <li key={fact.path}>
              <code>
                {fact.path} = {clipped(showValue(fact.value))}
              </code>
            </li>
          ))}
          {verdict.limit ? (
            <li>
              limit{" "}
              <code>
                {verdict.limit.path} = {clipped(showValue(verdict.limit.value))}
              </code>
            </li>
          ) : null}
        </ul>
      ) : null}
      {verdict.warnings.map((warning) => (
        <p key={warning} className={styles.warning} data-tone="warning">
          Warning: {warning}
        </p>
      ))}
      {verdict.hint ? <p className={styles.hint}>{verdict.hint}</p> : null}
      {verdict.allowed && verdict.allowed.length > 0 ? (
        <p className={styles.hint}>Would pass: {verdict.allowed.slice(0, 12).map(showValue).join(", ")}</p>
      ) : null}
    </div>
  );
}

/** Long lists are cut; the policy's page has them whole. */
function clipped(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
