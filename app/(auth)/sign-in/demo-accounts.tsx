"use client";

import { Divider, UnstyledButton } from "@mantine/core";
import { IconFlask } from "@tabler/icons-react";
import { useState } from "react";
import { Notice } from "#app/_ui/state/notice.tsx";
import { StatusBadge } from "#app/_ui/status-badge.tsx";
import styles from "#app/(auth)/auth.module.css";
import { attemptSignIn } from "./attempt-sign-in.ts";
import demo from "./demo-accounts.module.css";

type Account = { email: string; name: string; purpose: string };

/** One click each; only there while the demo is on, and marked as what it is. */
export function DemoAccounts({ accounts, target }: { accounts: readonly Account[]; target: string }) {
  const [busy, setBusy] = useState("");
  const [refusal, setRefusal] = useState("");

  async function enter(email: string) {
    setBusy(email);
    const refused = await attemptSignIn("demo", { email });
    if (!refused) return window.location.assign(target);
    setBusy("");
    setRefusal(refused);
  }

  return (
    <section aria-label="Demo accounts">
      <Divider label="or look around" className={styles.or ?? ""} />
      <div role="alert">
        {refusal ? (
          <Notice tone="denied" title="Not signed in">
            {refusal}
          </Notice>
        ) : null}
      </div>
      <p className={demo.intro}>
        <StatusBadge tone="warning" icon={IconFlask} word="Demo" /> Accounts without a password. An administrator
        switches them off in Settings.
      </p>
      <ul className={styles.demo}>
        {accounts.map((account) => (
          <li key={account.email}>
            <UnstyledButton
              className={demo.account}
              disabled={busy !== ""}
              aria-busy={busy === account.email}
              onClick={() => void enter(account.email)}
            >
              <strong>{account.name}</strong>
              <span className={demo.purpose}>{account.purpose}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
