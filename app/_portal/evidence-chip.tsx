"use client";

import { Popover, UnstyledButton } from "@mantine/core";
import {
  IconAlertTriangle,
  IconBuilding,
  IconFileCode,
  IconHistory,
  IconPencil,
  IconQuote,
  IconSettings,
  IconShieldCheck,
} from "@tabler/icons-react";
import type { Tone } from "#app/_ui/theme/tokens.ts";
import type { Evidence, EvidenceSource } from "#server/decision/evidence.ts";
import styles from "./evidence-chip.module.css";

const look = {
  said: { word: "you said", tone: "good", icon: IconQuote },
  blueprint_default: { word: "blueprint default", tone: "idle", icon: IconFileCode },
  policy: { word: "policy", tone: "running", icon: IconShieldCheck },
  space_setting: { word: "space setting", tone: "idle", icon: IconSettings },
  organisation_standard: { word: "organisation standard", tone: "running", icon: IconBuilding },
  last_launch: { word: "your last launch", tone: "idle", icon: IconHistory },
  user_edit: { word: "you edited", tone: "good", icon: IconPencil },
  assumption: { word: "assumed", tone: "warning", icon: IconAlertTriangle },
} as const satisfies Record<EvidenceSource, { word: string; tone: Tone; icon: typeof IconQuote }>;

const explanations = {
  said: "These are your words, found verbatim in what you wrote.",
  blueprint_default: "The value the reviewed blueprint uses when nobody asks for another.",
  policy: "A policy of this space gives this value.",
  space_setting: "A setting of this space.",
  organisation_standard: "Taken from a document of your organisation.",
  last_launch: "What you used the last time.",
  user_edit: "You set this yourself; nothing overwrites it.",
  assumption: "Nobody said this. Confirm it or change it.",
} as const satisfies Record<EvidenceSource, string>;

/** Where a filled value comes from; opens the exact source. */
export function EvidenceChip({
  evidence,
  field,
  who,
}: {
  evidence: Evidence;
  field: string;
  who?: "you" | "requester";
}) {
  const { word, tone, icon: Icon } = look[evidence.source];
  const confirmed = evidence.source === "assumption" && evidence.confirmedAt;
  const said = who === "requester" ? word.replace("you ", "requester ").replace("your", "their") : word;
  const label = confirmed ? "assumed, confirmed" : said;
  return (
    <Popover width={280} position="bottom-start" withArrow shadow="md">
      <Popover.Target>
        <UnstyledButton
          className={styles.chip}
          data-tone={confirmed ? "good" : tone}
          aria-label={`${field}: ${label}. Show source`}
        >
          <Icon size={12} aria-hidden /> {label}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <p className={styles.text}>{explanations[evidence.source]}</p>
        {evidence.quote ? <blockquote className={styles.quote}>{evidence.quote}</blockquote> : null}
        {evidence.reference ? <p className={styles.text}>Source: {evidence.reference}</p> : null}
        {evidence.note ? <p className={styles.text}>{evidence.note}</p> : null}
      </Popover.Dropdown>
    </Popover>
  );
}
