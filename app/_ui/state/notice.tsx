import { IconAlertTriangle, IconBan, IconCircleCheck, IconInfoCircle, IconUserPause } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Tone } from "#app/_ui/theme/tokens.ts";
import styles from "./state.module.css";

const icons = {
  good: IconCircleCheck,
  warning: IconAlertTriangle,
  drifted: IconAlertTriangle,
  denied: IconBan,
  failed: IconBan,
  approval: IconUserPause,
  running: IconInfoCircle,
  idle: IconInfoCircle,
  ended: IconInfoCircle,
} as const satisfies Record<Tone, unknown>;

/** A sentence beside its cause: a banner of the page or a hint in a form. */
export function Notice(props: { tone: Tone; title: string; children?: ReactNode; live?: boolean; action?: ReactNode }) {
  const Icon = icons[props.tone];
  return (
    <div className={styles.notice} data-tone={props.tone} role={props.live ? "status" : undefined}>
      <Icon size={18} aria-hidden className={styles.icon} />
      <div className={styles.noticeBody}>
        <p className={styles.noticeTitle}>{props.title}</p>
        {props.children ? <div>{props.children}</div> : null}
      </div>
      {props.action ? <div className={styles.noticeAction}>{props.action}</div> : null}
    </div>
  );
}
