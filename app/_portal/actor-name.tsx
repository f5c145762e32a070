import { IconRobot, IconServer2, IconUser } from "@tabler/icons-react";
import type { ActorRecord } from "#server/actor.ts";
import styles from "./actor-name.module.css";

const icons = { person: IconUser, automation: IconRobot, system: IconServer2 } as const;

/** Who acted; an automation is told from a person at a glance, with whom it acted for. */
export function ActorName({ actor, forWhom }: { actor: ActorRecord; forWhom?: string | undefined }) {
  const Icon = icons[actor.kind];
  return (
    <span className={styles.actor}>
      <Icon size={14} aria-hidden />
      <span>
        {actor.kind === "automation" ? "agent: " : ""}
        {actor.kind === "system" ? "Gantry" : actor.name}
        {actor.kind === "system" && actor.name ? ` (${actor.name})` : ""}
        {forWhom ? ` for ${forWhom}` : ""}
      </span>
    </span>
  );
}
