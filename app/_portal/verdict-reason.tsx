import type { Fact, Verdict } from "#server/policy/verdict.ts";
import { FindingList } from "./finding-list.tsx";
import { showAllowed } from "./show-value.ts";
import { factLine, tellingFacts } from "./telling-facts.ts";
import styles from "./verdict.module.css";
import { Warnings } from "./warnings.tsx";

/** Why: the rule's sentence, what it found, the fact and the limit it turned on, and what would change the answer. */
export function VerdictReason({ verdict }: { verdict: Verdict }) {
  const { limit, findings = [] } = verdict;
  const { first, rest } = tellingFacts(verdict);
  return (
    <div className={styles.reason}>
      {isToldByFindings(verdict) ? null : (
        <p>{verdict.error ? `The policy itself failed, and that denies: ${verdict.error}` : verdict.reason}</p>
      )}
      <FactList facts={first} />
      {limit ? (
        <p>
          limit <code>{clipped(factLine(limit), 120)}</code>
        </p>
      ) : null}
      {verdict.word !== "Approved" && verdict.location ? (
        <p className={styles.hint} style={{ overflowWrap: "anywhere" }}>
          decided by{" "}
          <code>
            {verdict.rule ?? "rule"} · {verdict.location.file}:{verdict.location.row}
          </code>
        </p>
      ) : null}
      {verdict.decisionId ? (
        <p className={styles.hint}>
          OPA decision <code>{verdict.decisionId}</code>
        </p>
      ) : null}
      {verdict.hint ? <p className={styles.hint}>{verdict.hint}</p> : null}
      {verdict.allowed && verdict.allowed.length > 0 ? (
        <p className={styles.hint}>
          Would pass:{" "}
          {verdict.allowed
            .slice(0, 12)
            .map((value) => showAllowed(value, verdict.field))
            .join(", ")}
        </p>
      ) : null}
      {findings.length > 0 ? <FindingList findings={findings} /> : <Warnings warnings={verdict.warnings} />}
      {rest.length > 0 ? (
        <details className={styles.details}>
          <summary>
            {rest.length} {first.length > 0 ? "more " : ""}
            {rest.length === 1 ? "fact" : "facts"} read
          </summary>
          <FactList facts={rest} />
        </details>
      ) : null}
    </div>
  );
}

function FactList({ facts }: { facts: readonly Fact[] }) {
  if (facts.length === 0) return null;
  return (
    <ul className={styles.facts}>
      {facts.map((fact) => (
        <li key={fact.path}>
          <code>{clipped(factLine(fact), 1000)}</code>
        </li>
      ))}
    </ul>
  );
}

/** The findings below say the same, one by one. */
function isToldByFindings({ reason, findings = [], error }: Verdict): boolean {
  const refused = findings.filter(({ effect }) => effect === "deny");
  return !error && refused.length > 0 && refused.map(({ message }) => message).join(" ") === reason;
}

const clipped = (text: string, most: number) => (text.length > most ? `${text.slice(0, most)}…` : text);
