"use client";

import { Tooltip } from "@mantine/core";
import { absoluteTime } from "#app/_ui/time/format-time.ts";
import { useTimeZone } from "#app/_ui/time/time-zone.tsx";

/** Records speak UTC, to the second; the reader's own clock on hover. */
export function UtcTime({ at }: { at: Date }) {
  const zone = useTimeZone();
  return (
    <Tooltip label={absoluteTime(at, zone)}>
      <time dateTime={at.toISOString()}>{at.toISOString().slice(0, 19).replace("T", " ")}</time>
    </Tooltip>
  );
}
