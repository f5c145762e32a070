"use client";

import { Tabs } from "@mantine/core";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import { AccountTab } from "./account-tab.tsx";
import { AssistantTab } from "./assistant-tab.tsx";
import { MembersTab } from "./members-tab.tsx";
import { PolicyDataTab } from "./policy-data-tab.tsx";
import { SpaceTab } from "./space-tab.tsx";

const tabs = [
  { value: "space", label: "Space" },
  { value: "members", label: "Members" },
  { value: "policies", label: "Policy data" },
  { value: "assistant", label: "Assistant" },
  { value: "account", label: "Account" },
] as const;

export function SettingsScreen({ space }: { space: string }) {
  const { value, change } = useUrlState();
  const open = tabs.find((tab) => tab.value === value("tab"))?.value ?? "space";
  return (
    <Tabs value={open} onChange={(tab) => change({ tab: tab === "space" ? null : tab }, "push")} keepMounted={false}>
      <Tabs.List mb="md">
        {tabs.map((tab) => (
          <Tabs.Tab key={tab.value} value={tab.value}>
            {tab.label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="space">
        <SpaceTab space={space} />
      </Tabs.Panel>
      <Tabs.Panel value="members">
        <MembersTab space={space} />
      </Tabs.Panel>
      <Tabs.Panel value="policies">
        <PolicyDataTab space={space} />
      </Tabs.Panel>
      <Tabs.Panel value="assistant">
        <AssistantTab space={space} />
      </Tabs.Panel>
      <Tabs.Panel value="account">
        <AccountTab />
      </Tabs.Panel>
    </Tabs>
  );
}
