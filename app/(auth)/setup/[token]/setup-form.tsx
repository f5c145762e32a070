"use client";

import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { shownProblem } from "#app/_portal/problem.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Notice } from "#app/_ui/state/notice.tsx";
import styles from "#app/(auth)/auth.module.css";
import { attemptSignIn } from "#app/(auth)/sign-in/attempt-sign-in.ts";

export function SetupForm({ token }: { token: string }) {
  const trpc = useTRPC();
  const complete = useMutation(trpc.me.completeSetup.mutationOptions());
  const problem = complete.error ? shownProblem(complete.error) : null;

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const field = (name: string) => String(form.get(name) ?? "");
    const email = field("email");
    const password = field("password");
    const done = await complete
      .mutateAsync({ token, name: field("name"), email, password, spaceName: field("spaceName") })
      .catch(() => null);
    if (!done) return;
    const refused = await attemptSignIn("credentials", { email, password });
    window.location.assign(refused ? "/sign-in" : "/");
  }

  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <div role="alert">
        {problem ? (
          <Notice tone="denied" title="Not set up">
            {problem.message} {problem.remedy}
          </Notice>
        ) : null}
      </div>
      <TextInput label="Your name" name="name" autoComplete="name" required />
      <TextInput label="E-mail" name="email" type="email" autoComplete="username" required />
      <PasswordInput
        label="Password"
        description="At least 12 characters. A password manager may fill it."
        name="password"
        autoComplete="new-password"
        minLength={12}
        required
        visibilityToggleButtonProps={{ "aria-label": "Show or hide the password" }}
      />
      <TextInput
        label="Name of the first space"
        name="spaceName"
        description="Usually a team, e.g. Payments."
        required
      />
      <Button type="submit" loading={complete.isPending} fullWidth>
        Create administrator and space
      </Button>
    </form>
  );
}
