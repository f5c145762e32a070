import { IconBan, IconCircleCheck, IconOctagonMinus } from "@tabler/icons-react";
import { StatusBadge } from "#app/_ui/status-badge.tsx";

const look = {
  success: { tone: "good", icon: IconCircleCheck, word: "Done" },
  denied: { tone: "denied", icon: IconBan, word: "Denied" },
  failed: { tone: "failed", icon: IconOctagonMinus, word: "Failed" },
} as const;

/** An outcome as the facets and the rows call it. */
export function outcomeWord(outcome: string): string {
  return outcome in look ? look[outcome as keyof typeof look].word : outcome;
}

export function OutcomeBadge({ outcome }: { outcome: "success" | "denied" | "failed" }) {
  return <StatusBadge {...look[outcome]} />;
}
