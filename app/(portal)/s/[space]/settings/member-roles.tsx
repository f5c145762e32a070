"use client";

import { Button, MultiSelect } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { roleWords } from "#app/_portal/shell/role-words.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import type { Role } from "#server/actor.ts";

const choices = Object.entries(roleWords).map(([value, label]) => ({ value, label }));

type Props = { member: { id: string; name: string; roles: readonly Role[] } };

/** The roles of one member; without any, the person leaves the space. */
export function MemberRoles({ member }: Props) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const space = useSpace();
  const [roles, setRoles] = useState<Role[]>([...member.roles]);
  const save = useMutation(
    trpc.space.setMemberRoles.mutationOptions({
      onSuccess: () => void queries.invalidateQueries(trpc.space.pathFilter()),
    }),
  );
  const differs = [...roles].sort().join() !== [...member.roles].sort().join();
  return (
    <div>
      <MultiSelect
        aria-label={`Roles of ${member.name}`}
        size="xs"
        data={choices}
        value={roles}
        onChange={(next) => setRoles(next as Role[])}
      />
      {differs ? (
        <Button
          size="compact-xs"
          mt={4}
          color={roles.length === 0 ? "danger" : "brand"}
          loading={save.isPending}
          onClick={() => save.mutate({ spaceId: space.id, person: member.id, roles })}
        >
          {roles.length === 0 ? `Remove ${member.name} from ${space.name}` : "Save roles"}
        </Button>
      ) : null}
      <ProblemNotice error={save.error} title="Not changed" />
    </div>
  );
}
