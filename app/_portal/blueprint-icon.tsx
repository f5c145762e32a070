import {
  IconArrowsSplit,
  IconBox,
  IconBrandAws,
  IconBrandAzure,
  IconBrandGoogle,
  IconBrandTerraform,
  IconBrowser,
  IconBucket,
  IconChartDots,
  IconChartDots3,
  IconCloud,
  IconContainer,
  IconCpu,
  IconCpu2,
  IconDatabase,
  IconDeviceDesktop,
  IconHexagons,
  IconServer,
  IconServer2,
  IconStack2,
  IconWorld,
  IconWorldWww,
} from "@tabler/icons-react";
import type { ComponentType } from "react";

/** Icons a blueprint may name; a page must not load the thousands there are. */
const icons: Record<string, ComponentType<{ size?: number; stroke?: number; "aria-hidden"?: boolean }>> = {
  IconArrowsSplit,
  IconBox,
  IconBrandAws,
  IconBrandAzure,
  IconBrandGoogle,
  IconBrandTerraform,
  IconBrowser,
  IconBucket,
  IconChartDots,
  IconChartDots3,
  IconCloud,
  IconContainer,
  IconCpu,
  IconCpu2,
  IconDatabase,
  IconDeviceDesktop,
  IconHexagons,
  IconServer,
  IconServer2,
  IconStack2,
  IconWorld,
  IconWorldWww,
};

export function BlueprintIcon({ name, size = 20 }: { name: string | null | undefined; size?: number }) {
  const Icon = icons[name ?? ""] ?? IconBox;
  return <Icon size={size} stroke={1.5} aria-hidden />;
}
