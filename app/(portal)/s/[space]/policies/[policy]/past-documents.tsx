"use client";

import { NativeSelect } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { decisionLook } from "#app/_portal/decision-badge.tsx";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { useTimeZone } from "#app/_ui/time/time-zone.tsx";
import styles from "#app/(portal)/s/[space]/policies/policy.module.css";
import type { PolicyView } from "./policy-view.ts";

type Past = { input: unknown; data: Record<string, unknown> };

/** What the policy was asked about lately, to begin from; nothing chosen is the sample. */
export function PastDocuments(props: { policy: PolicyView; onChoose: (past: Past | null) => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { slug } = useSpace();
  const zone = useTimeZone();
  const policyName = props.policy.name;
  const [chosen, setChosen] = useState("");
  const query = useQuery(trpc.policy.decisions.queryOptions({ space: slug, policyName }));
  const fetched = useMutation({
    mutationFn: (asked: { decisionId: string; grain?: string }) =>
      queries.fetchQuery(trpc.policy.judgedDocument.queryOptions({ ...asked, policyName })),
    onSuccess: (past) => props.onChoose(past),
  });
  const asked = (query.data ?? []).flatMap(({ verdicts, ...decision }) =>
    verdicts.map(({ word, grain }) => ({ ...decision, word, ...(grain !== undefined && { grain }) })),
  );
  const label = (one: (typeof asked)[number]) => {
    const when = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: zone });
    const plan = one.grain ? `, plan of ${one.grain}` : "";
    return `${decisionLook[one.word].word}: ${one.action} by ${one.actor.name}${plan}, ${when.format(one.createdAt)}`;
  };
  const choose = (value: string) => {
    setChosen(value);
    const one = asked[Number(value)];
    if (value === "" || !one) props.onChoose(null);
    else fetched.mutate({ decisionId: one.id, ...(one.grain !== undefined && { grain: one.grain }) });
  };
  return (
    <>
      <div className={styles.line}>
        <NativeSelect
          className={styles.grow}
          label="Begin from"
          description={
            query.data?.length === 0
              ? "It has not been asked in this space yet."
              : "Its limits of that time come with it."
          }
          value={chosen}
          onChange={(event) => choose(event.currentTarget.value)}
          disabled={fetched.isPending}
          data={[
            { value: "", label: "A sample, with the limits here" },
            ...asked.slice(0, 20).map((one, at) => ({ value: String(at), label: label(one) })),
          ]}
        />
      </div>
      <ProblemNotice error={fetched.error ?? query.error} title="Its document could not be shown" />
    </>
  );
}
