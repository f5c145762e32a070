import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCloudDown,
  IconEqualNot,
  IconGhost2,
  IconSquareOff,
} from "@tabler/icons-react";
import { StatusBadge } from "#app/_ui/status-badge.tsx";
import type { Tone } from "#app/_ui/theme/tokens.ts";
import type { resourceStates } from "#db/schema/environment.ts";

export type ResourceState = (typeof resourceStates)[number];

const look = {
  intended: { word: "Being made", tone: "running", icon: IconCircleDashed },
  created: { word: "Exists", tone: "good", icon: IconCircleCheck },
  drifted: { word: "Drifted", tone: "drifted", icon: IconEqualNot },
  destroying: { word: "Being destroyed", tone: "running", icon: IconCloudDown },
  destroyed: { word: "Destroyed", tone: "ended", icon: IconSquareOff },
  leftover: { word: "Left over", tone: "warning", icon: IconAlertTriangle },
  suspect: { word: "Orphan suspect", tone: "denied", icon: IconGhost2 },
} as const satisfies Record<ResourceState, { word: string; tone: Tone; icon: typeof IconSquareOff }>;

export function ResourceStateBadge({ state }: { state: ResourceState }) {
  return <StatusBadge {...look[state]} />;
}
