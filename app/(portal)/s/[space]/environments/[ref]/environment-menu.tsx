"use client";

import { ActionIcon, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconArrowBackUp, IconCopy, IconDots, IconRefresh, IconTrash, IconUnlink } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { notifyProblem } from "#app/_portal/notify-problem.ts";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { stateKey } from "#app/_portal/use-idempotency-key.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { ForgetDialog } from "./forget-dialog.tsx";
import type { EnvironmentView } from "./step-view.ts";

export function EnvironmentMenu({ environment, terminate }: { environment: EnvironmentView; terminate: () => void }) {
  const trpc = useTRPC();
  const { path, can } = useSpace();
  const [forgetting, forget] = useDisclosure(false);
  const withdraw = useMutation(trpc.environment.withdraw.mutationOptions({ onError: notifyProblem }));
  const retry = useMutation(trpc.environment.retry.mutationOptions({ onError: notifyProblem }));
  return (
    <>
      <Menu position="bottom-end" width={260} shadow="md">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label="More actions">
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {can("environment.launch") ? (
            <Menu.Item
              component={Link}
              href={path(`launch?copy=env-${environment.number}`)}
              leftSection={<IconCopy size={14} aria-hidden />}
            >
              Launch another like this
            </Menu.Item>
          ) : null}
          {environment.can.retry ? (
            <Menu.Item
              leftSection={<IconRefresh size={14} aria-hidden />}
              onClick={() => retry.mutate({ environmentId: environment.id, idempotencyKey: stateKey(environment) })}
            >
              Try again
            </Menu.Item>
          ) : null}
          {environment.can.withdraw ? (
            <Menu.Item
              leftSection={<IconArrowBackUp size={14} aria-hidden />}
              onClick={() => withdraw.mutate({ environmentId: environment.id, idempotencyKey: stateKey(environment) })}
            >
              Withdraw the request
            </Menu.Item>
          ) : null}
          {environment.can.terminate ? (
            <Menu.Item color="danger" leftSection={<IconTrash size={14} aria-hidden />} onClick={terminate}>
              Terminate…
            </Menu.Item>
          ) : null}
          {environment.can.forget ? (
            <Menu.Item color="danger" leftSection={<IconUnlink size={14} aria-hidden />} onClick={forget.open}>
              Forget…
            </Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {forgetting ? <ForgetDialog environment={environment} close={forget.close} /> : null}
    </>
  );
}
