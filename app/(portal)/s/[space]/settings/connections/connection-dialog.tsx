"use client";

import { Button, Group, Modal, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { shownProblem } from "#app/_portal/problem.ts";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useTRPC } from "#app/_trpc/react.tsx";
import { ConnectionFieldInput } from "./connection-field-input.tsx";
import { type Connection, type ConnectionKind, connectionFields, kindWords } from "./connection-words.ts";
import styles from "./connections.module.css";
import { readConnectionForm } from "./read-connection-form.ts";

/** Adds a connection, or takes new credentials for one. What is typed lives in the form only, and goes with it. */
export function ConnectionDialog(props: { space: string; replaced: Connection | null; close: () => void }) {
  const { space, replaced, close } = props;
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [kind, setKind] = useState<ConnectionKind>(replaced?.kind ?? "aws");
  const save = useMutation(
    trpc.connection.save.mutationOptions({
      onSuccess: async () => {
        close();
        await queries.invalidateQueries(trpc.connection.pathFilter());
        await queries.invalidateQueries(trpc.catalog.pathFilter());
      },
    }),
  );
  const wrong = save.error ? shownProblem(save.error) : null;
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const name = replaced?.name ?? String(form.get("name"));
    save.mutate({ space, name, fields: readConnectionForm(kind, form), replaces: replaced !== null });
  }
  return (
    <Modal opened onClose={close} title={replaced ? `Replace ${replaced.name}` : "Add a cloud connection"} size="lg">
      <form onSubmit={submit} className={styles.form} autoComplete="off">
        {replaced ? (
          <p className={styles.lead}>
            The credentials that are stored cannot be shown: give them all anew.
            {replaced.environments > 0
              ? ` ${environmentsWord(replaced.environments)} with it, so they must lead to the same account.`
              : ""}
          </p>
        ) : (
          <>
            <NativeSelect
              label="Cloud"
              value={kind}
              onChange={(event) => setKind(event.currentTarget.value as ConnectionKind)}
              data={Object.entries(kindWords).map(([value, label]) => ({ value, label }))}
            />
            <TextInput
              label="Name"
              name="name"
              description="Shown wherever it is used."
              placeholder="sandbox"
              required
              error={wrong?.path === "name"}
            />
          </>
        )}
        {connectionFields[kind].map((field) => (
          <ConnectionFieldInput
            key={`${kind}/${field.name}`}
            field={field}
            shown={replaced?.publicPart[field.name]}
            isWrong={wrong?.path === field.name}
          />
        ))}
        <ProblemNotice error={save.error} title="Not saved" />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            {replaced ? "Replace credentials" : "Add connection"}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

const environmentsWord = (count: number) => (count === 1 ? "1 environment runs" : `${count} environments run`);
