import { UrlTabs } from "#app/_ui/url-tabs.tsx";
import { AccountTab } from "./account-tab.tsx";
import { AssistantTab } from "./assistant-tab.tsx";
import { ConnectionsTab } from "./connections/connections-tab.tsx";
import { MembersTab } from "./members-tab.tsx";
import { PolicyDataTab } from "./policy-data-tab.tsx";
import { ProgramsTab } from "./programs-tab.tsx";
import { SpaceTab } from "./space-tab.tsx";

export function SettingsScreen({ space }: { space: string }) {
  return (
    <UrlTabs
      tabs={[
        { value: "space", label: "Space", panel: <SpaceTab space={space} /> },
        { value: "members", label: "Members", panel: <MembersTab space={space} /> },
        { value: "connections", label: "Cloud connections", panel: <ConnectionsTab space={space} /> },
        { value: "policies", label: "Policy data", panel: <PolicyDataTab space={space} /> },
        { value: "assistant", label: "Assistant", panel: <AssistantTab space={space} /> },
        { value: "programs", label: "Programs", panel: <ProgramsTab /> },
        { value: "account", label: "Account", panel: <AccountTab /> },
      ]}
    />
  );
}
