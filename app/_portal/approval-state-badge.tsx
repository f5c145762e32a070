import {
  IconArrowBackUp,
  IconCircleCheck,
  IconClockOff,
  IconThumbDown,
  IconUserPause,
  IconVersions,
} from "@tabler/icons-react";
import { StatusBadge } from "#app/_ui/status-badge.tsx";
import type { Tone } from "#app/_ui/theme/tokens.ts";
import type { ApprovalState } from "#db/schema/approval.ts";

const look = {
  open: { word: "Waiting", tone: "approval", icon: IconUserPause },
  approved: { word: "Approved", tone: "good", icon: IconCircleCheck },
  rejected: { word: "Rejected", tone: "denied", icon: IconThumbDown },
  expired: { word: "Expired", tone: "ended", icon: IconClockOff },
  superseded: { word: "Superseded", tone: "warning", icon: IconVersions },
  withdrawn: { word: "Withdrawn", tone: "ended", icon: IconArrowBackUp },
} as const satisfies Record<ApprovalState, { word: string; tone: Tone; icon: typeof IconClockOff }>;

export function ApprovalStateBadge({ state }: { state: ApprovalState }) {
  return <StatusBadge {...look[state]} />;
}
