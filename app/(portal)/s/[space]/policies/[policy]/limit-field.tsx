"use client";

import { NumberInput, Switch, TagsInput, Textarea } from "@mantine/core";
import { showLimit } from "#app/_portal/show-value.ts";
import { minutesInWords } from "#app/_ui/time/format-time.ts";
import type { DataField } from "#server/policy/policy.ts";
import { FreezeWindows } from "./freeze-windows.tsx";

type Props = {
  name: string;
  field: DataField;
  value: unknown;
  /** Absent: for reading only. */
  change?: ((value: unknown) => void) | undefined;
};

/** One limit, drawn by its type. */
export function LimitField({ name, field, value, change }: Props) {
  const common = { label: field.title, disabled: change === undefined, description: describe(name, field, value) };
  switch (field.type) {
    case "minutes":
    case "count":
    case "money":
    case "percent":
      return (
        <NumberInput
          {...common}
          value={typeof value === "number" ? value : ""}
          onChange={(next) => next !== "" && change?.(Number(next))}
          min={field.type === "minutes" ? 1 : 0}
          {...(field.type === "percent" ? { max: 100, suffix: " %" } : {})}
          {...(field.type === "money" ? { thousandSeparator: ",", decimalScale: 2 } : {})}
        />
      );
    case "flag":
      return (
        <Switch {...common} checked={value === true} onChange={(event) => change?.(event.currentTarget.checked)} />
      );
    case "list":
      return <TagsInput {...common} value={texts(value)} onChange={(next) => change?.(next)} />;
    case "numbers":
      return (
        <TagsInput
          {...common}
          value={texts(value)}
          onChange={(next) => change?.(next.map(Number).filter((each) => !Number.isNaN(each)))}
        />
      );
    case "text":
      return (
        <Textarea
          {...common}
          rows={3}
          resize="vertical"
          value={typeof value === "string" ? value : ""}
          onChange={(event) => change?.(event.currentTarget.value)}
        />
      );
    case "windows":
      return <FreezeWindows title={field.title} value={value} change={change} />;
  }
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function describe(name: string, field: DataField, value: unknown): string {
  const words = field.type === "minutes" && typeof value === "number" ? `${minutesInWords(value)} · ` : "";
  const unit = { minutes: "minutes", count: "count", money: "in the space's currency", percent: "percent" } as const;
  const shown = field.type in unit ? `${unit[field.type as keyof typeof unit]} · ` : "";
  return `${words}${shown}data.${name} · released as ${showLimit(field.default, field.type)}`;
}
