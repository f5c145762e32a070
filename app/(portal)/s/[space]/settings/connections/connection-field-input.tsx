"use client";

import { PasswordInput, Textarea, TextInput } from "@mantine/core";
import type { ConnectionField } from "./connection-words.ts";

/** One field of a connection. Secrets are hidden while they are typed, and no browser keeps them. */
export function ConnectionFieldInput(props: { field: ConnectionField; shown: string | undefined; isWrong: boolean }) {
  const { field, shown, isWrong } = props;
  const common = {
    name: field.name,
    label: field.label,
    description: field.hint,
    placeholder: field.example,
    required: field.required === true,
    error: isWrong,
    autoComplete: "off",
    spellCheck: false,
  };
  if (field.long) return <Textarea {...common} rows={5} />;
  if (field.secret)
    return (
      <PasswordInput
        {...common}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ "aria-label": `Show ${field.label}` }}
      />
    );
  return <TextInput {...common} defaultValue={shown ?? ""} />;
}
