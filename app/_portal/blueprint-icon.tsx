import {
  IconBox,
  IconBrandAws,
  IconBrandAzure,
  IconBrandGoogle,
  IconBrandTerraform,
  IconBrowser,
  IconBucket,
  IconChartDots,
  IconCloud,
  IconContainer,
  IconCpu,
  IconDatabase,
  IconDeviceDesktop,
  IconHexagons,
  IconServer,
  IconStack2,
  IconWorld,
} from "@tabler/icons-react";
import type { ComponentType } from "react";

/** Icons a blueprint may name; a page must not load the thousands there are. */
const icons: Record<string, ComponentType<{ size?: number; stroke?: number; "aria-hidden"?: boolean }>> = {
  IconBox,
  IconBrandAws,
  IconBrandAzure,
  IconBrandGoogle,
  IconBrandTerraform,
  IconBrowser,
  IconBucket,
  IconChartDots,
  IconCloud,
  IconContainer,
  IconCpu,
  IconDatabase,
  IconDeviceDesktop,
  IconHexagons,
  IconServer,
  IconStack2,
  IconWorld,
};

export function BlueprintIcon({ name, size = 20 }: { name: string | null | undefined; size?: number }) {
  const Icon = icons[name ?? ""] ?? IconBox;
  return <Icon size={size} stroke={1.5} aria-hidden />;
}
