"use client";

import { Button, Group, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useCommands } from "#app/_portal/commands/commands-provider.tsx";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Refused } from "#app/_ui/state/refused.tsx";
import styles from "./approval.module.css";
import type { ApprovalView } from "./approval-view.ts";

type Props = { approval: ApprovalView; allSeen: boolean; missing: readonly string[] };

/** No answer is preselected; approving opens after everything that would be approved has been in view. */
export function DecisionPanel({ approval, allSeen, missing }: Props) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [reason, setReason] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  const vote = useMutation(
    trpc.approval.vote.mutationOptions({
      onSettled: () => void queries.invalidateQueries(trpc.approval.pathFilter()),
    }),
  );
  const open = approval.state === "open";
  const focus = () => field.current?.focus();
  useCommands(
    open && approval.canVote
      ? [
          { id: "approve", label: "Go to approving this", group: "This request", keys: "a", run: focus },
          { id: "reject", label: "Go to rejecting this", group: "This request", keys: "r", run: focus },
        ]
      : [],
  );
  if (!open) return null;
  if (!approval.canVote)
    return (
      <Refused title="You cannot decide this">
        {approval.whyNot}
        {approval.eligible.length > 0 ? ` ${approval.eligible.length} others can.` : ""}
      </Refused>
    );
  const cast = (choice: "approve" | "reject") =>
    vote.mutate({ requestId: approval.id, vote: choice, planHash: approval.planHash, reason });
  const tooShort = reason.trim().length < 3;
  return (
    <Section title="Your decision">
      <ProblemNotice error={vote.error} title="Not recorded" />
      <p role="status">{vote.data?.sentence}</p>
      <Textarea
        ref={field}
        label="Reason"
        description="Required to reject, kept with your decision."
        rows={3}
        resize="vertical"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Group mt="sm">
        <Button
          disabled={!allSeen || vote.isSuccess}
          loading={vote.isPending && vote.variables.vote === "approve"}
          onClick={() => cast("approve")}
        >
          Approve plan {approval.planHash.slice(0, 8)}
        </Button>
        <Button
          color="danger"
          variant="outline"
          disabled={tooShort || vote.isSuccess}
          loading={vote.isPending && vote.variables.vote === "reject"}
          onClick={() => cast("reject")}
        >
          Reject
        </Button>
      </Group>
      {allSeen ? null : (
        <p className={styles.note}>
          Approving opens once you have seen:{" "}
          {missing.map((part, at) => (
            <span key={part}>
              {at > 0 ? ", " : ""}
              <a href={`#${part}`}>{part}</a>
            </span>
          ))}
          .
        </p>
      )}
    </Section>
  );
}
