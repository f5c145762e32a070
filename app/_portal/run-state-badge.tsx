import {
  IconCircleCheck,
  IconClock,
  IconOctagonMinus,
  IconPlugConnectedX,
  IconProgress,
  IconSquareOff,
} from "@tabler/icons-react";
import { StatusBadge } from "#app/_ui/status-badge.tsx";
import type { Tone } from "#app/_ui/theme/tokens.ts";
import type { RunKind, RunState } from "#db/schema/run.ts";

const look = {
  queued: { word: "Queued", tone: "idle", icon: IconClock },
  running: { word: "Running", tone: "running", icon: IconProgress },
  succeeded: { word: "Succeeded", tone: "good", icon: IconCircleCheck },
  failed: { word: "Failed", tone: "failed", icon: IconOctagonMinus },
  cancelled: { word: "Cancelled", tone: "ended", icon: IconSquareOff },
  lost: { word: "Worker lost", tone: "warning", icon: IconPlugConnectedX },
} as const satisfies Record<RunState, { word: string; tone: Tone; icon: typeof IconClock }>;

/** What a run does, as a heading reads. */
export const runKindWord = {
  launch: "Launch",
  update: "Update",
  terminate: "Teardown",
  drift: "Drift check",
  restore: "Restore",
  accept: "New baseline",
} as const satisfies Record<RunKind, string>;

export function RunStateBadge({ state }: { state: RunState }) {
  return <StatusBadge {...look[state]} />;
}
