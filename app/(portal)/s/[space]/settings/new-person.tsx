"use client";

import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { roleWords } from "#app/_portal/shell/role-words.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { CopyButton } from "#app/_ui/copy-button.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Notice } from "#app/_ui/state/notice.tsx";
import type { Role } from "#server/actor.ts";
import styles from "./settings.module.css";

/** A new account with a password that is made here and shown once. */
export function NewPerson() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const space = useSpace();
  const create = useMutation(
    trpc.space.createPerson.mutationOptions({
      onSuccess: () => void queries.invalidateQueries(trpc.space.pathFilter()),
    }),
  );
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const role = String(form.get("role")) as Role | "";
    create.mutate({
      name: String(form.get("name")),
      email: String(form.get("email")),
      signIn: form.get("signIn") === "sso" ? { by: "single_sign_on" } : { by: "generated_password" },
      memberships: role ? [{ spaceId: space.id, roles: [role] }] : [],
    });
  }
  return (
    <Section title="Add a person to the account">
      <form className={styles.line} onSubmit={submit}>
        <TextInput label="Name" name="name" required />
        <TextInput label="E-mail" name="email" type="email" required />
        <NativeSelect
          label={`Role in ${space.name}`}
          name="role"
          data={[
            { value: "", label: "None yet" },
            ...Object.entries(roleWords).map(([value, label]) => ({ value, label })),
          ]}
        />
        <NativeSelect
          label="Signs in by"
          name="signIn"
          data={[
            { value: "password", label: "a generated password" },
            { value: "sso", label: "single sign-on" },
          ]}
        />
        <Button type="submit" loading={create.isPending}>
          Add
        </Button>
      </form>
      <ProblemNotice error={create.error} title="Not added" />
      <div role="status">
        {create.data ? (
          <Notice tone="good" title={`${create.data.person.name} was added`}>
            {create.data.generatedPassword ? (
              <>
                Password, shown this once: <code>{create.data.generatedPassword}</code>
                <CopyButton value={create.data.generatedPassword} what="password" />
              </>
            ) : (
              "Signs in by single sign-on."
            )}
          </Notice>
        ) : null}
      </div>
    </Section>
  );
}
