"use client";

import { Button, Group, Modal } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Notice } from "#app/_ui/state/notice.tsx";
import { type Connection, kindWords } from "./connection-words.ts";

/** Says what follows from removing a connection; the server refuses while anything runs with it. */
export function RemoveDialog({
  space,
  connection,
  close,
}: {
  space: string;
  connection: Connection;
  close: () => void;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const remove = useMutation(
    trpc.connection.remove.mutationOptions({
      onSuccess: async () => {
        close();
        await queries.invalidateQueries(trpc.connection.pathFilter());
        await queries.invalidateQueries(trpc.catalog.pathFilter());
      },
    }),
  );
  return (
    <Modal opened onClose={close} title={`Remove ${connection.name}`}>
      <Notice tone="warning" title="Its credentials are deleted">
        {connection.servesLaunches
          ? `From then on ${kindWords[connection.kind]} blueprints are simulated here, unless another connection serves them.`
          : "Grains that ask for it by name will fail."}
      </Notice>
      <ProblemNotice error={remove.error} title="Not removed" />
      <Group mt="md" justify="flex-end">
        <Button variant="default" onClick={close}>
          Keep it
        </Button>
        <Button
          color="danger"
          loading={remove.isPending}
          onClick={() => remove.mutate({ space, name: connection.name })}
        >
          Remove {connection.name}
        </Button>
      </Group>
    </Modal>
  );
}
