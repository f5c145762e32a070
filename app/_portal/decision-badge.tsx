import { IconBan, IconCircleCheck, IconUserPause } from "@tabler/icons-react";
import { StatusBadge } from "#app/_ui/status-badge.tsx";
import type { Tone } from "#app/_ui/theme/tokens.ts";
import type { DecisionWord } from "#server/policy/verdict.ts";

/** The wire says Approved, Manual, Denied; people read Approved, Needs approval, Denied. */
export const decisionLook = {
  Approved: { word: "Approved", tone: "good", icon: IconCircleCheck },
  Manual: { word: "Needs approval", tone: "approval", icon: IconUserPause },
  Denied: { word: "Denied", tone: "denied", icon: IconBan },
} as const satisfies Record<DecisionWord, { word: string; tone: Tone; icon: typeof IconBan }>;

export function DecisionBadge({ word, error = false }: { word: DecisionWord; error?: boolean }) {
  const look = decisionLook[word];
  return <StatusBadge {...look} word={error ? "Denied (policy error)" : look.word} />;
}
