"use client";

import { Button } from "@mantine/core";
import { type UseQueryResult, useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useIdempotencyKey } from "#app/_portal/use-idempotency-key.ts";
import type { Outputs } from "#app/_trpc/outputs.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import styles from "./launch.module.css";
import { launchWish } from "./launch-wish.ts";
import type { Draft } from "./use-draft.ts";

type Props = {
  draft: Draft;
  space: string;
  preview: UseQueryResult<Outputs["draft"]["preview"], unknown>;
  isCurrent: boolean;
  beforeLaunch: () => Promise<void>;
  showProblems: () => void;
};

/** Says what will happen: Launch, Request approval, or why not. What is sent is the version that is on screen. */
export function LaunchButton({ draft, space, preview, isCurrent, beforeLaunch, showProblems }: Props) {
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const key = useIdempotencyKey();
  const wish = launchWish(preview.data);
  const launch = useMutation(
    trpc.draft.launch.mutationOptions({
      onSuccess: (answer) => router.push(`/s/${space}/environments/${answer.ref}`),
      onError: () => void queries.invalidateQueries(trpc.draft.find.queryFilter({ id: draft.id })),
    }),
  );

  async function press() {
    if (wish.kind === "incomplete") {
      showProblems();
      document.getElementById("launch-problems")?.focus();
      return;
    }
    await beforeLaunch();
    launch.mutate({ id: draft.id, version: draft.version, idempotencyKey: key });
  }

  return (
    <div className={styles.launch}>
      <ProblemNotice error={launch.error} title="Not launched" />
      <Button
        fullWidth
        size="md"
        onClick={() => void press()}
        loading={launch.isPending || launch.isSuccess}
        disabled={wish.kind === "cannot" || (wish.kind === "can" && !isCurrent)}
      >
        {wish.label}
      </Button>
      <p className={styles.hint} role="status">
        {wish.kind === "can" && !isCurrent ? "Checking what you changed…" : wish.reason}
      </p>
    </div>
  );
}
