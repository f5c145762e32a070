"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { EnabledBadge } from "#app/_portal/enabled-badge.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Section } from "#app/_ui/section.tsx";
import type { PolicyPackage } from "#server/policy/policy.ts";
import styles from "./policy.module.css";
import { RecentVerdicts } from "./recent-verdicts.tsx";

const moments = {
  "torque.consumption": "When a blueprint is opened",
  "torque.environment": "On a launch or an extension",
  "torque.terraform_plan": "On each plan",
} as const satisfies Record<PolicyPackage, string>;

export function PolicyList({ space }: { space: string }) {
  const trpc = useTRPC();
  const { path } = useSpace();
  const { data } = useSuspenseQuery(trpc.policy.list.queryOptions({ space }));
  return (Object.keys(moments) as PolicyPackage[]).map((name) => {
    const policies = data.filter((policy) => policy.packageName === name);
    if (policies.length === 0) return null;
    return (
      <Section key={name} title={moments[name]} note={<code>{name}</code>} plain>
        <DataTable
          label={moments[name]}
          rows={policies}
          rowKey={(policy) => policy.name}
          columns={[
            {
              key: "title",
              label: "Policy",
              cell: (policy) => (
                <span>
                  <Link href={path(`policies/${policy.name}`)}>{policy.title}</Link>
                  <span className={styles.hint}>{policy.description}</span>
                </span>
              ),
            },
            { key: "state", label: "Here", width: 110, cell: (policy) => <EnabledBadge enabled={policy.enabled} /> },
            {
              key: "recent",
              label: "Verdicts in 30 days",
              width: 260,
              cell: (policy) => <RecentVerdicts counts={policy.recent} />,
            },
            {
              key: "version",
              label: "Setting",
              width: 120,
              tight: true,
              cell: (policy) => (policy.version === 0 ? "as released" : `version ${policy.version}`),
            },
          ]}
        />
      </Section>
    );
  });
}
