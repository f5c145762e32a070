import { Moment } from "#app/_ui/time/moment.tsx";
import type { ActorRecord } from "#server/actor.ts";
import { ActorName } from "./actor-name.tsx";
import { auditActionWord } from "./audit-action-words.ts";
import { eventDetail } from "./event-detail.ts";
import styles from "./timeline.module.css";

export type TimelineEvent = {
  seq: number;
  at: Date | string;
  actor: ActorRecord;
  action: string;
  outcome: "success" | "denied" | "failed";
  data: Record<string, unknown>;
};

const tones = { success: "idle", denied: "denied", failed: "failed" } as const;

/** What happened, by whom, in order. */
export function Timeline({ events }: { events: readonly TimelineEvent[] }) {
  return (
    <ol className={styles.timeline}>
      {events.map((event) => (
        <li key={event.seq} id={`event-${event.seq}`} className={styles.event} data-tone={tones[event.outcome]}>
          <span className={styles.at}>
            <Moment at={event.at} />
          </span>
          <span>
            <ActorName actor={event.actor} /> {auditActionWord(event.action)}
            {event.outcome === "success" ? null : <strong> ({event.outcome})</strong>}
            <span className={styles.detail}>{eventDetail(event.action, event.data)}</span>
          </span>
          <code className={styles.seq}>#{event.seq}</code>
        </li>
      ))}
    </ol>
  );
}
