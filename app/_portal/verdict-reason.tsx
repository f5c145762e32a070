import type { Fact, Verdict } from "#server/policy/verdict.ts";
import { showValue } from "./show-value.ts";
import styles from "./verdict.module.css";

const fewFacts = 3;

/** Why: the rule's sentence, the values it looked at, the limit, and what would change the answer. */
export function VerdictReason({ verdict }: { verdict: Verdict }) {
  const { facts, limit } = verdict;
  const fitAtOnce = facts.length <= fewFacts && facts.every((fact) => lineOf(fact).length <= 90);
  return (
    <div className={styles.reason}>
      <p>{verdict.error ? `The policy itself failed, and that denies: ${verdict.error}` : verdict.reason}</p>
      {limit ? (
        <p>
          limit <code>{clipped(lineOf(limit), 120)}</code>
        </p>
      ) : null}
      {facts.length === 0 ? null : fitAtOnce ? (
        <FactList facts={facts} />
      ) : (
        <details className={styles.details}>
          <summary>
            {facts.length} {facts.length === 1 ? "fact" : "facts"} read
          </summary>
          <FactList facts={facts} />
        </details>
      )}
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

function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <ul className={styles.facts}>
      {facts.map((fact) => (
        <li key={fact.path}>
          <code>{clipped(lineOf(fact), 1000)}</code>
        </li>
      ))}
    </ul>
  );
}

const lineOf = ({ path, value }: Fact) => `${path} = ${showValue(value)}`;
const clipped = (text: string, most: number) => (text.length > most ? `${text.slice(0, most)}…` : text);
