"use client";

import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Outputs } from "#app/_trpc/outputs.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Notice } from "#app/_ui/state/notice.tsx";
import type { Role } from "#server/actor.ts";
import { decisionLook } from "./decision-badge.tsx";
import { ProblemNotice } from "./problem-notice.tsx";
import { useSpace } from "./session/use-space.ts";
import styles from "./verdict.module.css";

type Repeated = Outputs["policy"]["reevaluate"];

const judges: readonly Role[] = ["approver", "auditor", "policy_admin", "admin"];

/** Asks the stored policies again about the stored documents; for those who judge or check. */
export function Reevaluate({ decisionId }: { decisionId: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { roles } = useSpace();
  const again = useMutation({
    mutationFn: () => queries.fetchQuery({ ...trpc.policy.reevaluate.queryOptions({ decisionId }), staleTime: 0 }),
  });
  if (!judges.some((role) => roles.includes(role))) return null;
  return (
    <div className={styles.again}>
      <Button variant="default" size="xs" loading={again.isPending} onClick={() => again.mutate()}>
        Re-evaluate
      </Button>
      <ProblemNotice error={again.error} title="It could not be asked again" />
      <div role="status">{again.data ? <Outcome repeated={again.data} /> : null}</div>
    </div>
  );
}

function Outcome({ repeated }: { repeated: Repeated }) {
  const { isSame, verdicts, engine } = repeated;
  const count = `${verdicts.length} ${verdicts.length === 1 ? "verdict" : "verdicts"}`;
  const by = engine.stored === engine.now ? engine.now : `${engine.now}; then ${engine.stored}`;
  if (isSame)
    return (
      <Notice tone="good" title="Same verdict">
        {count} asked again with the policies, limits and documents of that time: the same word, reason and rule each.
        Engine {by}.
      </Notice>
    );
  return (
    <Notice tone="warning" title="Differs">
      <ul className={styles.findings}>
        {verdicts
          .filter((verdict) => !verdict.isSame)
          .map((verdict) => (
            <li key={`${verdict.policy}/${verdict.grain ?? ""}`}>
              {verdict.title}
              {verdict.grain ? `, plan of ${verdict.grain}` : ""}: {difference(verdict)}
            </li>
          ))}
      </ul>
      Engine {by}.
    </Notice>
  );
}

function difference({ stored, now, note }: Repeated["verdicts"][number]): string {
  if (!now) return note ?? "It cannot be asked again.";
  if (now.word !== stored.word) return `${decisionLook[stored.word].word} then, ${decisionLook[now.word].word} now.`;
  return now.reason === stored.reason
    ? "another rule decided."
    : `the reason was “${stored.reason}” and is “${now.reason}”.`;
}
