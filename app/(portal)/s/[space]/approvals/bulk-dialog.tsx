"use client";

import { Button, Group, Modal, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { Money } from "#app/_portal/money.tsx";
import { shownProblem } from "#app/_portal/problem.ts";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { actionWords } from "./action-words.ts";
import type { ApprovalRow } from "./approval-table.tsx";
import { whyColumn } from "./why-column.ts";

type Answer = { isDone: boolean; sentence: string };

/**
 * Each request with its own plan, as it was when this was opened; each gets a vote of its own on that plan, so that one
 * which changed meanwhile is not approved, and says so.
 */
export function BulkDialog({ rows, close }: { rows: readonly ApprovalRow[]; close: () => void }) {
  const trpc = useTRPC();
  const { path } = useSpace();
  const queries = useQueryClient();
  const [shown] = useState(rows);
  const [reason, setReason] = useState("");
  const [answers, setAnswers] = useState<Record<string, Answer>>({});
  const vote = useMutation(trpc.approval.vote.mutationOptions());
  const [isSending, setSending] = useState(false);
  const isSent = Object.keys(answers).length > 0;

  async function approveAll() {
    setSending(true);
    for (const { id: requestId, planHash } of shown) {
      const answer = await vote.mutateAsync({ requestId, vote: "approve", planHash, reason }).then(
        ({ sentence }) => ({ isDone: true, sentence }),
        (error: unknown) => ({ isDone: false, sentence: shownProblem(error).message }),
      );
      setAnswers((before) => ({ ...before, [requestId]: answer }));
    }
    setSending(false);
  }

  function finish() {
    void queries.invalidateQueries(trpc.approval.pathFilter());
    close();
  }

  return (
    <Modal
      opened
      onClose={() => (isSending ? undefined : isSent ? finish() : close())}
      title={`Approve ${shown.length} ${shown.length === 1 ? "launch" : "launches"} of ${shown[0]?.environment.blueprintTitle ?? ""}`}
      size="xl"
    >
      <DataTable
        label="Requests to approve"
        rows={shown}
        rowKey={(row) => row.id}
        columns={[
          {
            key: "what",
            label: "Request",
            cell: (row) => (
              <Link href={path(`approvals/${row.id}`)} target="_blank">
                {actionWords[row.action]} {row.environment.name}
              </Link>
            ),
          },
          { key: "plan", label: "Plan", tight: true, cell: (row) => <code>{row.planHash.slice(0, 8)}</code> },
          whyColumn,
          {
            key: "cost",
            label: "Estimate",
            numeric: true,
            tight: true,
            cell: (row) => <Money amount={row.environment.monthlyEstimate} period="month" />,
          },
          ...(isSent
            ? [
                {
                  key: "answer",
                  label: "Answer",
                  block: true,
                  cell: ({ id }: ApprovalRow) => <AnswerLine answer={answers[id]} />,
                },
              ]
            : []),
        ]}
      />
      {isSent ? null : (
        <TextInput
          mt="md"
          label="Reason"
          description="Kept with each approval. It may be left out."
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <Group mt="md" justify="flex-end">
        {isSent ? (
          <Button onClick={finish} loading={isSending}>
            Done
          </Button>
        ) : (
          <>
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button onClick={() => void approveAll()} loading={isSending}>
              Approve {shown.length} {shown.length === 1 ? "plan" : "plans"}
            </Button>
          </>
        )}
      </Group>
    </Modal>
  );
}

function AnswerLine({ answer }: { answer: Answer | undefined }) {
  return (
    <span role="status">{answer ? `${answer.isDone ? "" : "Not approved: "}${answer.sentence}` : "sending…"}</span>
  );
}
