"use client";

import { Button, MultiSelect, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { roleWords } from "#app/_portal/shell/role-words.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Section } from "#app/_ui/section.tsx";
import type { Role } from "#server/actor.ts";
import styles from "./settings.module.css";

/** Gives somebody with an account roles in this space. */
export function AddMember() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const space = useSpace();
  const [email, setEmail] = useState("");
  const [roles, setRoles] = useState<Role[]>(["member"]);
  const add = useMutation(
    trpc.space.setMemberRoles.mutationOptions({
      onSuccess: () => {
        setEmail("");
        void queries.invalidateQueries(trpc.space.pathFilter());
      },
    }),
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    add.mutate({ spaceId: space.id, person: email.trim(), roles });
  }
  return (
    <Section title="Add a member">
      <form className={styles.line} onSubmit={submit}>
        <TextInput
          label="E-mail"
          type="email"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          required
        />
        <MultiSelect
          label="Roles"
          data={Object.entries(roleWords).map(([value, label]) => ({ value, label }))}
          value={roles}
          onChange={(next) => setRoles(next as Role[])}
        />
        <Button type="submit" loading={add.isPending} disabled={roles.length === 0}>
          Add
        </Button>
      </form>
      <ProblemNotice error={add.error} title="Not added" />
    </Section>
  );
}
