"use client";

import { Button, Group, Modal, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useIdempotencyKey } from "#app/_portal/use-idempotency-key.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Notice } from "#app/_ui/state/notice.tsx";
import { isProduction } from "./is-production.ts";
import type { EnvironmentView } from "./step-view.ts";
import styles from "./terminate-dialog.module.css";

/** Names what will be destroyed and what is lost with it; the button repeats it. */
export function TerminateDialog({ environment, close }: { environment: EnvironmentView; close: () => void }) {
  const trpc = useTRPC();
  const idempotencyKey = useIdempotencyKey();
  const [typed, setTyped] = useState("");
  const resources = useQuery(trpc.environment.resources.queryOptions({ environmentId: environment.id }));
  const terminate = useMutation(trpc.environment.terminate.mutationOptions({ onSuccess: close }));
  const live = (resources.data ?? []).filter((resource) => resource.state !== "destroyed");
  const production = isProduction(environment);
  const blocked = production && typed !== environment.name;
  return (
    <Modal opened onClose={close} title={`Terminate ${environment.name}`} size="lg">
      <Notice tone="warning" title="Everything in it is destroyed; this cannot be undone">
        Data in its databases and disks is lost. The record, its log and its costs stay.
      </Notice>
      <ProblemNotice error={terminate.error} title="Not terminated" />
      <p className={styles.count}>
        {resources.isPending
          ? "Counting resources…"
          : `${live.length} ${live.length === 1 ? "resource" : "resources"} will be destroyed:`}
      </p>
      <ul className={styles.list}>
        {live.map((resource) => (
          <li key={resource.id}>
            <code>{resource.address}</code> <span className={styles.type}>{resource.type}</span>
          </li>
        ))}
      </ul>
      {production ? (
        <TextInput
          mt="md"
          label={`This is production. Type its name, ${environment.name}, to go on`}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      ) : null}
      <Group mt="md" justify="flex-end">
        <Button variant="default" onClick={close}>
          Keep it
        </Button>
        <Button
          color="danger"
          disabled={blocked}
          loading={terminate.isPending}
          onClick={() => terminate.mutate({ idempotencyKey, environmentId: environment.id })}
        >
          Terminate env-{environment.number}
          {resources.data ? `, ${live.length} ${live.length === 1 ? "resource" : "resources"}` : ""}
        </Button>
      </Group>
    </Modal>
  );
}
