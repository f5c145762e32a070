"use client";

import { Button, Group, Modal, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useIdempotencyKey } from "#app/_portal/use-idempotency-key.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Notice } from "#app/_ui/state/notice.tsx";
import type { EnvironmentView } from "./step-view.ts";

/** Says what taking over means before it is done, and asks why. */
export function AcceptDriftDialog(props: {
  environment: EnvironmentView;
  checkedAt: Date;
  fields: number;
  close: () => void;
}) {
  const { environment, checkedAt, fields, close } = props;
  const trpc = useTRPC();
  const idempotencyKey = useIdempotencyKey();
  const [reason, setReason] = useState("");
  const accept = useMutation(trpc.environment.acceptDrift.mutationOptions({ onSuccess: close }));
  const count = `${fields} ${fields === 1 ? "field" : "fields"}`;
  return (
    <Modal opened onClose={close} title="Accept as the new baseline" size="lg">
      <Notice tone="warning" title={`${count} ${fields === 1 ? "stays" : "stay"} as found`}>
        Nothing real is changed. The policies judge what was found first; where one says no, nothing is taken over.
        Later drift counts from here. The next restore or update still applies what the blueprint says.
      </Notice>
      <ProblemNotice error={accept.error} title="Not accepted" />
      <TextInput
        mt="md"
        label="Reason"
        description="Kept in the audit trail."
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        required
        data-autofocus
      />
      <Group mt="md" justify="flex-end">
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button
          disabled={reason.trim().length < 3}
          loading={accept.isPending}
          onClick={() => accept.mutate({ idempotencyKey, environmentId: environment.id, checkedAt, reason })}
        >
          Accept {count} of env-{environment.number}
        </Button>
      </Group>
    </Modal>
  );
}
