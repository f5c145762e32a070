import { IconCircleCheck, IconPencil, IconThumbDown, IconUserPause } from "@tabler/icons-react";
import { StatusBadge } from "#app/_ui/status-badge.tsx";
import type { Tone } from "#app/_ui/theme/tokens.ts";
import type { RevisionState } from "#db/schema/blueprint.ts";

const look = {
  draft: { word: "Draft", tone: "idle", icon: IconPencil },
  in_review: { word: "Waiting for review", tone: "approval", icon: IconUserPause },
  reviewed: { word: "Reviewed", tone: "good", icon: IconCircleCheck },
  rejected: { word: "Rejected", tone: "denied", icon: IconThumbDown },
} as const satisfies Record<RevisionState, { word: string; tone: Tone; icon: typeof IconPencil }>;

export function RevisionStateBadge({ state }: { state: RevisionState }) {
  return <StatusBadge {...look[state]} />;
}
