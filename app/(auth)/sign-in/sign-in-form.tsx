"use client";

import { Button, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, useRef, useState } from "react";
import { Notice } from "#app/_ui/state/notice.tsx";
import styles from "#app/(auth)/auth.module.css";
import { attemptSignIn, knownRefusal } from "./attempt-sign-in.ts";

export function SignInForm({ target, failed }: { target: string; failed: string | undefined }) {
  const [refusal, setRefusal] = useState(failed ? knownRefusal(failed) : "");
  const [sending, setSending] = useState(false);
  const password = useRef<HTMLInputElement>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setSending(true);
    const refused = await attemptSignIn("credentials", {
      email: String(form.get("email")),
      password: String(form.get("password")),
    });
    if (!refused) return window.location.assign(target);
    setSending(false);
    setRefusal(refused);
    password.current?.focus();
  }

  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <div role="alert">
        {refusal ? (
          <Notice tone="denied" title="Not signed in">
            {refusal}
          </Notice>
        ) : null}
      </div>
      <TextInput label="E-mail" name="email" type="email" autoComplete="username" required />
      <PasswordInput
        label="Password"
        name="password"
        autoComplete="current-password"
        required
        ref={password}
        visibilityToggleButtonProps={{ "aria-label": "Show or hide the password" }}
      />
      <Button type="submit" loading={sending} fullWidth>
        Sign in
      </Button>
    </form>
  );
}
