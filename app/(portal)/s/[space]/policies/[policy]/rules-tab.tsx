"use client";

import Link from "next/link";
import { useSpace } from "#app/_portal/session/use-space.ts";
import styles from "#app/(portal)/s/[space]/policies/policy.module.css";
import { RuleTable } from "#app/(portal)/s/[space]/policies/rule-table.tsx";
import type { PolicyView } from "./policy-view.ts";

/** The rules of a policy that holds several. */
export function RulesTab({ policy }: { policy: PolicyView }) {
  const { path } = useSpace();
  const rules = policy.rules.map((rule) => ({
    ...rule,
    file: policy.file,
    href: `?tab=source${rule.row ? `&row=${rule.row}` : ""}`,
  }));
  return (
    <>
      <p>
        {rules.length} rules; those of high severity deny, the others warn.{" "}
        <Link href={path("policies/rules")} className={styles.inline}>
          Search the rules of all policies
        </Link>
      </p>
      <RuleTable rules={rules} label={`Rules of ${policy.title}`} />
    </>
  );
}
