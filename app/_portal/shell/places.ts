import {
  IconChartBar,
  IconFileCode,
  IconLayoutGrid,
  IconListSearch,
  IconSettings,
  IconShieldCheck,
  IconStack2,
  IconUserCheck,
} from "@tabler/icons-react";
import type { Permission } from "#server/auth/permissions.ts";

/** The rail, top to bottom. Who lacks `needs` has no use for the place and does not see it. */
export const places = [
  { path: "catalog", label: "Catalog", icon: IconLayoutGrid, keys: "g c", needs: "catalog.read" },
  { path: "environments", label: "Environments", icon: IconStack2, keys: "g e", needs: "environment.read" },
  { path: "approvals", label: "Approvals", icon: IconUserCheck, keys: "g a", needs: "approval.read" },
  { path: "policies", label: "Policies", icon: IconShieldCheck, keys: "g p", needs: "policy.read" },
  { path: "blueprints", label: "Blueprints", icon: IconFileCode, keys: "g b", needs: "blueprint.read" },
  { path: "audit", label: "Audit", icon: IconListSearch, keys: "g u", needs: "audit.read" },
  { path: "reports", label: "Reports", icon: IconChartBar, keys: "g r", needs: "report.read" },
  { path: "settings", label: "Settings", icon: IconSettings, keys: "g s", needs: "space.read" },
] as const satisfies readonly {
  path: string;
  label: string;
  icon: typeof IconStack2;
  keys: string;
  needs: Permission;
}[];
