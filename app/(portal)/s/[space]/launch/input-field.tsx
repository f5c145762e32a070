"use client";

import { MultiSelect, NativeSelect, NumberInput, Radio, Stack, Switch, TextInput } from "@mantine/core";
import type { InputDefinition } from "#server/blueprint/blueprint.ts";
import { SensitiveField } from "./sensitive-field.tsx";

type Props = {
  input: InputDefinition;
  /** Undefined: not set, the default holds. */
  value: string | undefined;
  isSet: boolean;
  change: (value: string | null) => void;
  leave: () => void;
  error: string | undefined;
};

/** One asked value, drawn by its type. Empty gives the value back to the default. */
export function InputField(props: Props) {
  const { input, value, change, leave, error } = props;
  const shown = value ?? input.default ?? "";
  const common = {
    id: `field-inputs.${input.name}`,
    label: input.title || input.name,
    description: hint(input),
    error,
    required: input.required && input.default === undefined,
    onBlur: leave,
  };
  if (input.sensitive) return <SensitiveField {...props} />;
  if (input.type === "bool")
    return (
      <Switch
        id={common.id}
        label={common.label}
        description={common.description}
        error={error}
        checked={shown === "true"}
        onChange={(event) => change(event.currentTarget.checked ? "true" : "false")}
      />
    );
  if (input.allowedValues.length > 0 && input.style === "multi-select")
    return (
      <MultiSelect
        {...common}
        data={input.allowedValues}
        value={shown ? shown.split(",") : []}
        onChange={(chosen) => change(chosen.join(","))}
      />
    );
  if (input.allowedValues.length > 0 && input.style === "radio")
    return (
      <Radio.Group label={common.label} description={common.description} error={error} value={shown} onChange={change}>
        <Stack gap={4} mt={4}>
          {input.allowedValues.map((each) => (
            <Radio key={each.value} value={each.value} label={each.label} />
          ))}
        </Stack>
      </Radio.Group>
    );
  if (input.allowedValues.length > 0)
    return (
      <NativeSelect
        {...common}
        value={shown}
        onChange={(event) => change(event.currentTarget.value)}
        data={[...(shown ? [] : [{ value: "", label: "Choose…" }]), ...input.allowedValues]}
      />
    );
  if (input.type === "number")
    return (
      <NumberInput
        {...common}
        value={shown === "" ? "" : Number(shown)}
        onChange={(next) => change(next === "" ? null : String(next))}
        {...(input.min === undefined ? {} : { min: input.min })}
        {...(input.max === undefined ? {} : { max: input.max })}
        {...(input.unit ? { suffix: ` ${input.unit}` } : {})}
        clampBehavior="none"
      />
    );
  return (
    <TextInput
      {...common}
      value={shown}
      onChange={(event) => change(event.currentTarget.value === "" && input.default ? null : event.currentTarget.value)}
    />
  );
}

/** What the field asks for and which values it takes, in words. */
function hint(input: InputDefinition): string {
  const range =
    input.min !== undefined && input.max !== undefined ? `${input.min} to ${input.max} ${input.unit ?? ""}`.trim() : "";
  return [input.description, range, input.validationDescription].filter(Boolean).join(" · ");
}
