"use client";

import { Tabs } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useCommands } from "#app/_portal/commands/commands-provider.tsx";
import { DataBoundary } from "#app/_portal/data-boundary.tsx";
import { useTRPC } from "#app/_trpc/react.tsx";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import { CostTab } from "./cost-tab.tsx";
import { DriftTab } from "./drift-tab.tsx";
import { EnvironmentHeader } from "./environment-header.tsx";
import { LogTab } from "./log/log-tab.tsx";
import { OverviewTab } from "./overview-tab.tsx";
import { ResourcesTab } from "./resources-tab.tsx";
import { RunsOfNow } from "./runs-of-now.tsx";
import { TimelineTab } from "./timeline-tab.tsx";

const tabs = [
  { value: "overview", label: "Overview" },
  { value: "log", label: "Log" },
  { value: "resources", label: "Resources" },
  { value: "drift", label: "Changes & drift" },
  { value: "cost", label: "Cost" },
  { value: "timeline", label: "Timeline" },
] as const;

export function EnvironmentScreen({ space, number }: { space: string; number: number }) {
  const trpc = useTRPC();
  const { data: environment } = useSuspenseQuery(trpc.environment.find.queryOptions({ space, number }));
  const { data: runs } = useSuspenseQuery(trpc.environment.runs.queryOptions({ environmentId: environment.id }));
  const { value, change } = useUrlState();
  const open = tabs.find((tab) => tab.value === value("tab"))?.value ?? "overview";
  const show = (tab: string | null) => change({ tab: tab === "overview" ? null : tab, run: null, step: null }, "push");
  useCommands(
    tabs.map((tab) => ({
      id: `tab-${tab.value}`,
      label: `Show ${tab.label.toLowerCase()}`,
      group: "This environment",
      ...(tab.value === "log" ? { keys: "l" } : {}),
      run: () => show(tab.value),
    })),
  );
  return (
    <>
      <EnvironmentHeader environment={environment} />
      <RunsOfNow environment={environment} runs={runs} />
      <Tabs value={open} onChange={show} keepMounted={false}>
        <Tabs.List mb="md">
          {tabs.map((tab) => (
            <Tabs.Tab key={tab.value} value={tab.value}>
              {tab.label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="overview">
          <OverviewTab environment={environment} runs={runs} />
        </Tabs.Panel>
        <Tabs.Panel value="log">
          <LogTab environment={environment} runs={runs} />
        </Tabs.Panel>
        <Tabs.Panel value="resources">
          <DataBoundary what="resources">
            <ResourcesTab environment={environment} />
          </DataBoundary>
        </Tabs.Panel>
        <Tabs.Panel value="drift">
          <DataBoundary what="drift">
            <DriftTab environment={environment} />
          </DataBoundary>
        </Tabs.Panel>
        <Tabs.Panel value="cost">
          <DataBoundary what="cost">
            <CostTab environment={environment} />
          </DataBoundary>
        </Tabs.Panel>
        <Tabs.Panel value="timeline">
          <TimelineTab environment={environment} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
