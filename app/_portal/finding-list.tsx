"use client";

import Link from "next/link";
import type { Finding } from "#server/policy/verdict.ts";
import { useSpace } from "./session/use-space.ts";
import styles from "./verdict.module.css";

const shownAtOnce = 5;

/** What a plan policy found, refusals first; beyond a handful folded behind their count. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  const refused = findings.filter((finding) => finding.effect === "deny");
  const remarked = findings.filter((finding) => finding.effect === "warn");
  return (
    <>
      <Items findings={refused.slice(0, shownAtOnce)} />
      <Folded findings={refused.slice(shownAtOnce)} word="more" />
      <Folded findings={remarked} word={remarked.length === 1 ? "warning" : "warnings"} />
    </>
  );
}

function Folded({ findings, word }: { findings: readonly Finding[]; word: string }) {
  if (findings.length === 0) return null;
  return (
    <details className={styles.details}>
      <summary>
        {findings.length} {word}
      </summary>
      <Items findings={findings} />
    </details>
  );
}

function Items({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <ul className={styles.findings}>
      {findings.map((finding) => (
        <li key={`${finding.rule} ${finding.address} ${finding.message}`}>
          <span data-tone={finding.effect === "deny" ? "denied" : "warning"} className={styles.severity}>
            {finding.severity ?? (finding.effect === "deny" ? "refused" : "warning")}
          </span>{" "}
          <RuleName finding={finding} /> {finding.message}
          {finding.hint ? <span className={styles.hint}> {finding.hint}</span> : null}
        </li>
      ))}
    </ul>
  );
}

/** A rule with a severity is one of those listed: its entry says where it stands and what to do. */
function RuleName({ finding: { rule, severity } }: { finding: Finding }) {
  const { path } = useSpace();
  if (!rule) return null;
  if (!severity) return <code>{rule}</code>;
  return (
    <Link href={path(`policies/rules?q=${encodeURIComponent(rule)}`)}>
      <code>{rule}</code>
    </Link>
  );
}
