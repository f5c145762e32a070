import {
  IconCircle,
  IconCircleCheck,
  IconOctagonMinus,
  IconPlayerSkipForward,
  IconProgress,
  IconSquareOff,
} from "@tabler/icons-react";
import type { Tone } from "#app/_ui/theme/tokens.ts";
import type { StepState } from "#db/schema/run.ts";

export const stepStateLook = {
  waiting: { word: "Waiting", tone: "idle", icon: IconCircle },
  running: { word: "Running", tone: "running", icon: IconProgress },
  succeeded: { word: "Done", tone: "good", icon: IconCircleCheck },
  failed: { word: "Failed", tone: "failed", icon: IconOctagonMinus },
  skipped: { word: "Skipped", tone: "ended", icon: IconPlayerSkipForward },
  cancelled: { word: "Cancelled", tone: "ended", icon: IconSquareOff },
} as const satisfies Record<StepState, { word: string; tone: Tone; icon: typeof IconCircle }>;
