"use client";

import { Button, NativeSelect, TextInput } from "@mantine/core";
import { fromLocalInput, toLocalInput } from "#app/_ui/time/local-input.ts";
import { useTimeZone } from "#app/_ui/time/time-zone.tsx";
import styles from "#app/(portal)/s/[space]/policies/policy.module.css";

type FreezeWindow = { from: string; to: string; reason: string; effect: "deny" | "approval" };

type Props = { title: string; value: unknown; change?: ((value: unknown) => void) | undefined };

/** Times in which launches are held back; both ends in one zone, stored as instants. */
export function FreezeWindows({ title, value, change }: Props) {
  const zone = useTimeZone();
  const windows = Array.isArray(value) ? (value as FreezeWindow[]) : [];
  const set = (at: number, part: Partial<FreezeWindow>) =>
    change?.(windows.map((each, index) => (index === at ? { ...each, ...part } : each)));
  const time = (text: string) => fromLocalInput(text, zone)?.toISOString();
  return (
    <fieldset className={styles.windows}>
      <legend>
        {title} (times in {zone})
      </legend>
      {windows.map((window, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: windows have no identity but their place.
        <div key={at} className={styles.row}>
          <TextInput
            label="From"
            type="datetime-local"
            disabled={!change}
            value={toLocalInput(new Date(window.from), zone)}
            onChange={(event) => {
              const from = time(event.currentTarget.value);
              if (from) set(at, { from });
            }}
          />
          <TextInput
            label="To"
            type="datetime-local"
            disabled={!change}
            value={toLocalInput(new Date(window.to), zone)}
            onChange={(event) => {
              const to = time(event.currentTarget.value);
              if (to) set(at, { to });
            }}
          />
          <NativeSelect
            label="Launches"
            disabled={!change}
            value={window.effect}
            onChange={(event) => set(at, { effect: event.currentTarget.value === "approval" ? "approval" : "deny" })}
            data={[
              { value: "deny", label: "are denied" },
              { value: "approval", label: "need approval" },
            ]}
          />
          <TextInput
            label="Reason"
            disabled={!change}
            value={window.reason}
            onChange={(event) => set(at, { reason: event.currentTarget.value })}
          />
          {change ? (
            <Button variant="default" onClick={() => change(windows.filter((_, index) => index !== at))}>
              Remove
            </Button>
          ) : null}
        </div>
      ))}
      {windows.length === 0 ? <p className={styles.hint}>No windows.</p> : null}
      {change ? (
        <div>
          <Button variant="default" size="xs" onClick={() => change([...windows, newWindow()])}>
            Add a window
          </Button>
        </div>
      ) : null}
    </fieldset>
  );
}

function newWindow(): FreezeWindow {
  const hour = 3_600_000;
  const next = Math.ceil(Date.now() / hour) * hour;
  return {
    from: new Date(next).toISOString(),
    to: new Date(next + 24 * hour).toISOString(),
    reason: "Change freeze",
    effect: "deny",
  };
}
