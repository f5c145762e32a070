"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ActorName } from "#app/_portal/actor-name.tsx";
import { DecisionBadge } from "#app/_portal/decision-badge.tsx";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { VerdictReason } from "#app/_portal/verdict-reason.tsx";
import { useTRPC } from "#app/_trpc/react.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Empty } from "#app/_ui/state/empty.tsx";
import { Loading } from "#app/_ui/state/loading.tsx";
import { Moment } from "#app/_ui/time/moment.tsx";
import styles from "#app/(portal)/s/[space]/policies/policy.module.css";
import type { PolicyView } from "./policy-view.ts";

/** What it said lately, and with which facts. */
export function PolicyDecisions({ space, policy }: { space: string; policy: PolicyView }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.policy.decisions.queryOptions({ space, policyName: policy.name }));
  if (query.isPending) return <Loading what="the last decisions" />;
  if (query.error) return <ProblemNotice error={query.error} title="The last decisions could not be shown" />;
  if (query.data.length === 0) return <Empty title="It has not been asked in this space yet" />;
  const rows = query.data.flatMap(({ verdicts, ...decision }) =>
    verdicts.map((verdict) => ({ ...decision, verdict, key: `${decision.id}/${verdict.grain ?? ""}` })),
  );
  return (
    <DataTable
      label="Last decisions"
      rows={rows}
      rowKey={(row) => row.key}
      columns={[
        { key: "at", label: "When", tight: true, cell: (row) => <Moment at={row.createdAt} /> },
        { key: "who", label: "Asked by", cell: (row) => <ActorName actor={row.actor} /> },
        { key: "action", label: "For", cell: (row) => <AskedFor row={row} /> },
        {
          key: "word",
          label: "Verdict",
          cell: (row) => <DecisionBadge word={row.verdict.word} error={row.verdict.error !== undefined} />,
        },
        { key: "why", label: "Reason and facts", block: true, cell: (row) => <VerdictReason verdict={row.verdict} /> },
      ]}
    />
  );
}

type Asked = { action: string; environment: { number: number; name: string } | null; verdict: { grain?: string } };

function AskedFor({ row: { action, environment, verdict } }: { row: Asked }) {
  const { path } = useSpace();
  return (
    <>
      {action}
      {environment ? (
        <>
          {" of "}
          <Link href={path(`environments/env-${environment.number}`)} className={styles.inline}>
            {environment.name}
          </Link>
        </>
      ) : null}
      {verdict.grain ? <span className={styles.hint}>plan of {verdict.grain}</span> : null}
    </>
  );
}
