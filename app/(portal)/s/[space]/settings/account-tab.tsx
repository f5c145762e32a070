"use client";

import { useMe } from "#app/_portal/session/use-me.ts";
import { DemoSwitch } from "./demo-switch.tsx";
import { NewPerson } from "./new-person.tsx";
import { PasswordForm } from "./password-form.tsx";

/** What concerns the whole account, and one's own password. */
export function AccountTab() {
  const me = useMe();
  return (
    <>
      {me.demo || me.kind !== "person" ? null : <PasswordForm />}
      {me.accountAdmin ? <NewPerson /> : null}
      <DemoSwitch />
    </>
  );
}
