"use client";

import Link from "next/link";
import { BreakableCode } from "#app/_ui/breakable-code.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import type { StaticRule } from "#server/policy/static-rules.ts";
import styles from "./policy.module.css";

export type ShownRule = StaticRule & { row: number | null; file: string; policyTitle?: string; href: string };

const tones = { high: "denied", medium: "warning", low: "idle" } as const satisfies Record<
  StaticRule["severity"],
  string
>;
const effects = { high: "high: denies", medium: "medium: warns", low: "low: warns" } as const;

/** Static rules to read: what each looks for, in which resources, how bad it is, and what to do. */
export function RuleTable({ rules, label }: { rules: readonly ShownRule[]; label: string }) {
  return (
    <DataTable
      label={label}
      rows={rules}
      rowKey={(rule) => rule.id}
      columns={[
        {
          key: "rule",
          label: "Rule",
          block: true,
          cell: (rule) => (
            <div className={styles.rule}>
              <Link href={rule.href}>
                <code>{rule.id}</code>
              </Link>
              <span>{rule.reason}</span>
              <span className={styles.hint}>
                {rule.policyTitle ? `${rule.policyTitle} · ` : ""}
                {rule.file}
                {rule.row ? `:${rule.row}` : ""}
              </span>
            </div>
          ),
        },
        {
          key: "severity",
          label: "Severity",
          width: 136,
          cell: (rule) => (
            <span data-tone={tones[rule.severity]} className={styles.severity}>
              {effects[rule.severity]}
            </span>
          ),
        },
        { key: "types", label: "Looks at", block: true, cell: (rule) => <Types types={rule.types} /> },
        {
          key: "remedy",
          label: "What to do",
          block: true,
          cell: (rule) => (
            <div className={styles.rule}>
              <span>{rule.remedy}</span>
              {rule.references.map((reference) => (
                <a key={reference} href={reference} rel="noreferrer noopener" target="_blank" className={styles.hint}>
                  {hostOf(reference)}
                </a>
              ))}
            </div>
          ),
        },
      ]}
    />
  );
}

const shownTypes = 4;

/** The first few; a long list unfolds, so that rows stay within reach of each other. */
function Types({ types }: { types: readonly string[] }) {
  const rest = types.slice(shownTypes);
  if (rest.length < 2) return <TypeList types={types} />;
  return (
    <>
      <TypeList types={types.slice(0, shownTypes)} />
      <details className={styles.more}>
        <summary>{rest.length} more</summary>
        <TypeList types={rest} />
      </details>
    </>
  );
}

function TypeList({ types }: { types: readonly string[] }) {
  return (
    <ul className={styles.types}>
      {types.map((type) => (
        <li key={type}>
          <BreakableCode>{type}</BreakableCode>
        </li>
      ))}
    </ul>
  );
}

function hostOf(address: string): string {
  try {
    return new URL(address).host;
  } catch {
    return address;
  }
}
