"use client";

import { Chip, Group, NumberInput, Text } from "@mantine/core";
import { useState } from "react";
import { minutesInWords } from "#app/_ui/time/format-time.ts";
import { Moment } from "#app/_ui/time/moment.tsx";
import { useNow } from "#app/_ui/time/use-now.ts";
import type { Blueprint } from "#server/blueprint/blueprint.ts";

type Props = {
  minutes: number | null;
  blueprint: Blueprint | null;
  change: (minutes: number | null) => void;
  error: string | undefined;
};

const usual = [60, 120, 240, 480, 1440, 4320];

/** How long it lives: usual lengths, or any; shown as the clock time it would end at. */
export function DurationField({ minutes, blueprint, change, error }: Props) {
  const now = useNow();
  const [unit, setUnit] = useState<"hours" | "minutes">(minutes !== null && minutes % 60 !== 0 ? "minutes" : "hours");
  const per = unit === "hours" ? 60 : 1;
  const most = blueprint?.duration.maxMinutes ?? null;
  const choices = usual.filter((choice) => most === null || choice <= most);
  const alwaysOn = blueprint?.duration.alwaysOn ?? false;
  return (
    <div>
      <Group gap="xs" align="flex-end">
        <NumberInput
          id="field-duration"
          label="Length"
          w={140}
          min={1}
          clampBehavior="none"
          value={minutes === null ? "" : minutes / per}
          onChange={(value) => value !== "" && change(Math.round(Number(value) * per))}
          suffix={` ${unit}`}
          error={error !== undefined}
        />
        <Chip.Group
          value={minutes === null ? "none" : String(minutes)}
          onChange={(value) => {
            setUnit("hours");
            change(value === "none" ? null : Number(value));
          }}
        >
          <Group gap={6}>
            {choices.map((choice) => (
              <Chip key={choice} value={String(choice)} size="xs">
                {minutesInWords(choice)}
              </Chip>
            ))}
            {alwaysOn ? (
              <Chip value="none" size="xs">
                No end
              </Chip>
            ) : null}
          </Group>
        </Chip.Group>
      </Group>
      {error ? (
        <Text c="var(--mantine-color-error)" size="xs">
          {error}
        </Text>
      ) : null}
      <Text c="dimmed" size="xs" mt={4}>
        {minutes === null ? (
          "Runs until somebody ends it."
        ) : now ? (
          <>
            Ends <Moment at={new Date(now.getTime() + minutes * 60_000)} /> if launched now; after an approval the time
            starts then.
          </>
        ) : null}
        {most === null ? null : ` At most ${minutesInWords(most)} for this blueprint.`}
      </Text>
    </div>
  );
}
