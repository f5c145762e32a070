"use client";

import { Highlight } from "@mantine/core";
import { memo } from "react";
import { clockTime } from "#app/_ui/time/format-time.ts";
import { useTimeZone } from "#app/_ui/time/time-zone.tsx";
import styles from "./log.module.css";

export type LogLine = { id: number; level: "debug" | "info" | "warn" | "error"; text: string; at: Date };

const tones = { debug: undefined, info: undefined, warn: "warning", error: "failed" } as const;

/** One page of lines; the browser skips drawing pages that are out of sight. */
export const LogPage = memo(function LogPage(props: {
  lines: readonly LogLine[];
  times: boolean;
  find?: string | undefined;
}) {
  const zone = useTimeZone();
  return (
    <div className={styles.page} style={{ containIntrinsicSize: `auto ${props.lines.length * 20}px` }}>
      {props.lines.map((line) => (
        <div key={line.id} id={`L${line.id}`} className={styles.line} data-tone={tones[line.level]}>
          {props.times ? <span className={styles.time}>{seconds(line.at, zone)}</span> : null}
          {line.level === "warn" || line.level === "error" ? <span className={styles.level}>{line.level}</span> : null}
          {props.find ? (
            <Highlight component="span" highlight={props.find} className={styles.text ?? ""}>
              {line.text}
            </Highlight>
          ) : (
            <span className={styles.text}>{line.text}</span>
          )}
        </div>
      ))}
    </div>
  );
});

function seconds(at: Date, zone: string): string {
  const second = String(at.getUTCSeconds()).padStart(2, "0");
  return `${clockTime(at, zone, at).slice(0, 5)}:${second}`;
}
