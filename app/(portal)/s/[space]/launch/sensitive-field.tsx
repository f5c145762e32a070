"use client";

import { Button, Group, PasswordInput, Text } from "@mantine/core";
import { useState } from "react";
import type { InputDefinition } from "#server/blueprint/blueprint.ts";

type Props = {
  input: InputDefinition;
  isSet: boolean;
  change: (value: string | null) => void;
  leave: () => void;
  error: string | undefined;
};

/** Goes to the server and never comes back: set, replace, clear. */
export function SensitiveField({ input, isSet, change, leave, error }: Props) {
  const [replacing, setReplacing] = useState(false);
  const [text, setText] = useState("");
  const label = input.title || input.name;
  if (isSet && !replacing)
    return (
      <div>
        <Text fw={500} size="sm">
          {label}
        </Text>
        <Group gap="xs">
          <span>•••••••• set</span>
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => setReplacing(true)}
            aria-label={`Replace ${label}`}
          >
            Replace
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => change(null)} aria-label={`Clear ${label}`}>
            Clear
          </Button>
        </Group>
      </div>
    );
  return (
    <PasswordInput
      id={`field-inputs.${input.name}`}
      label={label}
      description={[input.description, "Stored sealed; never shown again."].filter(Boolean).join(" · ")}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => {
        if (text !== "") {
          change(text);
          setText("");
          setReplacing(false);
        }
        leave();
      }}
      error={error}
      required={input.required && input.default === undefined}
      autoComplete="off"
      visibilityToggleButtonProps={{ "aria-label": `Show or hide ${label}` }}
    />
  );
}
