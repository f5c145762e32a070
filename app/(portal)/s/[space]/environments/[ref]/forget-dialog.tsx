"use client";

import { Button, Group, Modal, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useIdempotencyKey } from "#app/_portal/use-idempotency-key.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Notice } from "#app/_ui/state/notice.tsx";
import type { EnvironmentView } from "./step-view.ts";

/** Drops the record while resources may still run: the loudest thing the portal can do. */
export function ForgetDialog({ environment, close }: { environment: EnvironmentView; close: () => void }) {
  const trpc = useTRPC();
  const idempotencyKey = useIdempotencyKey();
  const [reason, setReason] = useState("");
  const forget = useMutation(trpc.environment.forget.mutationOptions({ onSuccess: close }));
  return (
    <Modal opened onClose={close} title={`Forget env-${environment.number}`}>
      <Notice tone="warning" title="What is left keeps running and costing">
        {environment.leftovers.length} resources are not destroyed by this. The portal stops looking after them.
      </Notice>
      <ProblemNotice error={forget.error} title="Not forgotten" />
      <TextInput
        label="Reason"
        description="Kept in the audit trail."
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        required
      />
      <Group mt="md" justify="flex-end">
        <Button variant="default" onClick={close}>
          Keep it
        </Button>
        <Button
          color="danger"
          disabled={reason.trim() === ""}
          loading={forget.isPending}
          onClick={() => forget.mutate({ idempotencyKey, environmentId: environment.id, reason })}
        >
          Forget env-{environment.number}, {environment.leftovers.length} resources stay
        </Button>
      </Group>
    </Modal>
  );
}
