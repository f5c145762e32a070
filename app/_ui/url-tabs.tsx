"use client";

import { Tabs } from "@mantine/core";
import type { ReactNode } from "react";
import { useUrlState } from "./use-url-state.ts";

export type UrlTab = { value: string; label: string; panel: ReactNode };

/**
 * Which tab the address names, the first where it names none, and how to open another. `clears` lists what of the address
 * belongs to the tab that is left.
 */
export function useUrlTab(tabs: readonly { value: string }[], options: { name?: string; clears?: string[] } = {}) {
  const { value, change } = useUrlState();
  const name = options.name ?? "tab";
  const first = tabs[0]?.value ?? "";
  const open = tabs.find((tab) => tab.value === value(name))?.value ?? first;
  const show = (tab: string | null) => {
    const cleared = Object.fromEntries((options.clears ?? []).map((each) => [each, null]));
    change({ ...cleared, [name]: tab === first ? null : tab }, "push");
  };
  return { open, show };
}

/** Tabs whose open one is in the address; only that one is drawn. */
export function UrlTabs({ tabs, ...options }: { tabs: readonly UrlTab[]; name?: string; clears?: string[] }) {
  const { open, show } = useUrlTab(tabs, options);
  return (
    <Tabs value={open} onChange={show} keepMounted={false}>
      <Tabs.List mb="md">
        {tabs.map((tab) => (
          <Tabs.Tab key={tab.value} value={tab.value}>
            {tab.label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Panel key={tab.value} value={tab.value}>
          {tab.panel}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
