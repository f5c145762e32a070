import { IconCircleCheck, IconCircleOff } from "@tabler/icons-react";
import { StatusBadge } from "#app/_ui/status-badge.tsx";

export function EnabledBadge({ enabled }: { enabled: boolean }) {
  return enabled ? (
    <StatusBadge tone="good" icon={IconCircleCheck} word="Enabled" />
  ) : (
    <StatusBadge tone="ended" icon={IconCircleOff} word="Disabled" />
  );
}
