import { IconFlask } from "@tabler/icons-react";
import { StatusBadge } from "#app/_ui/status-badge.tsx";

/** Nothing real runs behind it; said wherever such a thing appears. */
export function SimulatedBadge() {
  return <StatusBadge tone="idle" icon={IconFlask} word="Simulated" />;
}
