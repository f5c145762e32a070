import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconBan,
  IconCircleCheck,
  IconClock,
  IconCloudDown,
  IconOctagonMinus,
  IconProgress,
  IconRefresh,
  IconSquareOff,
  IconThumbDown,
  IconUserPause,
} from "@tabler/icons-react";
import { StatusBadge } from "#app/_ui/status-badge.tsx";
import type { Tone } from "#app/_ui/theme/tokens.ts";
import type { EnvironmentState } from "#db/schema/environment.ts";

/** How each state of an environment looks and reads, everywhere. */
export const environmentStateLook = {
  awaiting_approval: { word: "Waiting for approval", tone: "approval", icon: IconUserPause },
  queued: { word: "Queued", tone: "idle", icon: IconClock },
  launching: { word: "Launching", tone: "running", icon: IconProgress },
  active: { word: "Active", tone: "good", icon: IconCircleCheck },
  updating: { word: "Updating", tone: "running", icon: IconRefresh },
  ending: { word: "Ending", tone: "running", icon: IconCloudDown },
  ended: { word: "Ended", tone: "ended", icon: IconSquareOff },
  denied: { word: "Denied", tone: "denied", icon: IconBan },
  rejected: { word: "Rejected", tone: "denied", icon: IconThumbDown },
  withdrawn: { word: "Withdrawn", tone: "ended", icon: IconArrowBackUp },
  launch_failed: { word: "Launch failed", tone: "failed", icon: IconOctagonMinus },
  leftovers: { word: "Ended with leftovers", tone: "warning", icon: IconAlertTriangle },
} as const satisfies Record<EnvironmentState, { word: string; tone: Tone; icon: typeof IconBan }>;

export function EnvironmentStateBadge({ state }: { state: EnvironmentState }) {
  return <StatusBadge {...environmentStateLook[state]} />;
}
