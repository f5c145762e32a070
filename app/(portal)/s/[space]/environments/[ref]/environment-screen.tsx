"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useCommands } from "#app/_portal/commands/commands-provider.tsx";
import { DataBoundary } from "#app/_portal/data-boundary.tsx";
import { useTRPC } from "#app/_trpc/react.tsx";
import { UrlTabs, useUrlTab } from "#app/_ui/url-tabs.tsx";
import { CostTab } from "./cost-tab.tsx";
import { DriftTab } from "./drift-tab.tsx";
import { EnvironmentHeader } from "./environment-header.tsx";
import { LogTab } from "./log/log-tab.tsx";
import { OverviewTab } from "./overview-tab.tsx";
import { ResourcesTab } from "./resources-tab.tsx";
import { RunsOfNow } from "./runs-of-now.tsx";
import { TimelineTab } from "./timeline-tab.tsx";

/** What of the address belongs to the log alone. */
const ofLog = ["run", "step"];

export function EnvironmentScreen({ space, number }: { space: string; number: number }) {
  const trpc = useTRPC();
  const { data: environment } = useSuspenseQuery(trpc.environment.find.queryOptions({ space, number }));
  const { data: runs } = useSuspenseQuery(trpc.environment.runs.queryOptions({ environmentId: environment.id }));
  const tabs = [
    { value: "overview", label: "Overview", panel: <OverviewTab environment={environment} runs={runs} /> },
    { value: "log", label: "Log", panel: <LogTab environment={environment} runs={runs} /> },
    { value: "resources", label: "Resources", panel: loading("resources", <ResourcesTab environment={environment} />) },
    { value: "drift", label: "Changes & drift", panel: loading("drift", <DriftTab environment={environment} />) },
    { value: "cost", label: "Cost", panel: loading("cost", <CostTab environment={environment} />) },
    { value: "timeline", label: "Timeline", panel: <TimelineTab environment={environment} /> },
  ];
  const { show } = useUrlTab(tabs, { clears: ofLog });
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
      <UrlTabs tabs={tabs} clears={ofLog} />
    </>
  );
}

const loading = (what: string, panel: ReactNode) => <DataBoundary what={what}>{panel}</DataBoundary>;
