"use client";

import { Button, PasswordInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Section } from "#app/_ui/section.tsx";
import styles from "./settings.module.css";

const eye = { "aria-label": "Show or hide the password" };

/** One's own password; changing it signs out everywhere, here too. */
export function PasswordForm() {
  const trpc = useTRPC();
  const change = useMutation(
    trpc.me.changePassword.mutationOptions({ onSuccess: () => window.location.assign("/sign-in") }),
  );
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    change.mutate({ current: String(form.get("current")), next: String(form.get("next")) });
  }
  return (
    <Section title="Your password">
      <form className={styles.form} onSubmit={submit}>
        <PasswordInput
          label="Present password"
          name="current"
          autoComplete="current-password"
          required
          visibilityToggleButtonProps={eye}
        />
        <PasswordInput
          label="New password"
          description="At least 12 characters. You are signed out everywhere and sign in with it."
          name="next"
          autoComplete="new-password"
          minLength={12}
          required
          visibilityToggleButtonProps={eye}
        />
        <ProblemNotice error={change.error} title="Not changed" />
        <div>
          <Button type="submit" loading={change.isPending}>
            Change the password
          </Button>
        </div>
      </form>
    </Section>
  );
}
