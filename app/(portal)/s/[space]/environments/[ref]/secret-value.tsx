"use client";

import { Button } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { shownProblem } from "#app/_portal/problem.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import styles from "./secret-value.module.css";

/** Copies without showing, or shows on request; each reading is an audit event, and says so. */
export function SecretValue(props: { environmentId: string; output: string; allowed: boolean }) {
  const trpc = useTRPC();
  const clipboard = useClipboard({ timeout: 2000 });
  const [shown, setShown] = useState<string | null>(null);
  const read = useMutation(trpc.environment.readSecret.mutationOptions());
  if (!props.allowed) return <span className={styles.note}>hidden; its owner or an admin may read it</span>;

  async function use(how: (value: string) => void) {
    const answer = await read
      .mutateAsync({ environmentId: props.environmentId, output: props.output })
      .catch(() => null);
    if (answer) how(answer.value);
  }

  return (
    <span className={styles.secret}>
      <code>{shown ?? "••••••••"}</code>
      <Button size="compact-xs" variant="default" onClick={() => void use(clipboard.copy)} loading={read.isPending}>
        {clipboard.copied ? "Copied" : "Copy"}
      </Button>
      {shown === null ? (
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => void use(setShown)}
          aria-label={`Show ${props.output}`}
        >
          Show
        </Button>
      ) : (
        <Button size="compact-xs" variant="default" onClick={() => setShown(null)}>
          Hide
        </Button>
      )}
      <span className={styles.note} role="status">
        {read.error ? shownProblem(read.error).message : "Each reading is recorded."}
      </span>
    </span>
  );
}
