"use client";

import { Tooltip } from "@mantine/core";
import { absoluteTime, clockTime, relativeTime } from "./format-time.ts";
import styles from "./moment.module.css";
import { useTimeZone } from "./time-zone.tsx";
import { useNow } from "./use-now.ts";

/** A time as the reader's clock shows it; the exact instant on hover, the distance beside it when asked for. */
export function Moment({ at, relative = false }: { at: Date | string | null | undefined; relative?: boolean }) {
  const zone = useTimeZone();
  // The tick only says when to draw again; between two of them the present is the present.
  const now = useNow() ? new Date() : null;
  if (!at) return <span>unknown</span>;
  const instant = new Date(at);
  const exact = absoluteTime(instant, zone);
  return (
    <Tooltip label={exact}>
      <time dateTime={instant.toISOString()} suppressHydrationWarning>
        <span className={styles.whole}>{clockTime(instant, zone, now ?? new Date())}</span>
        {relative && now ? (
          <>
            {" "}
            <span className={styles.whole}>({relativeTime(instant, now)})</span>
          </>
        ) : null}
      </time>
    </Tooltip>
  );
}
