"use client";

import { Tabs } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { EnabledBadge } from "#app/_portal/enabled-badge.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { CodeEditor } from "#app/_ui/code/code-editor.tsx";
import { CopyCode } from "#app/_ui/copy-code.tsx";
import { PageHeader } from "#app/_ui/page-header.tsx";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import { LimitsTab } from "./limits-tab.tsx";
import { PolicyDecisions } from "./policy-decisions.tsx";
import { TestsTab } from "./tests-tab.tsx";
import { TryTab } from "./try-tab.tsx";

const tabs = [
  { value: "limits", label: "Limits here" },
  { value: "source", label: "Source" },
  { value: "tests", label: "Tests" },
  { value: "try", label: "Try it" },
  { value: "decisions", label: "Last decisions" },
] as const;

/** One rule: what it says, how it is tested, what it would say, what it said, and the limits it has here. */
export function PolicyScreen({ space, name }: { space: string; name: string }) {
  const trpc = useTRPC();
  const { path } = useSpace();
  const { data: policy } = useSuspenseQuery(trpc.policy.find.queryOptions({ space, policyName: name }));
  const { value, change } = useUrlState();
  const open = tabs.find((tab) => tab.value === value("tab"))?.value ?? "limits";
  const row = Number(value("row")) || undefined;
  return (
    <>
      <title>{`${policy.title} · Policies · Gantry`}</title>
      <PageHeader
        title={policy.title}
        crumbs={[{ label: "Policies", href: path("policies") }]}
        beside={<EnabledBadge enabled={policy.setting.enabled} />}
        lead={
          <>
            {policy.description}{" "}
            <CopyCode shown={policy.digest.slice(0, 12)} value={policy.digest} what="policy digest" />
          </>
        }
      />
      <Tabs
        value={open}
        onChange={(tab) => change({ tab: tab === "limits" ? null : tab, row: null }, "push")}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {tabs.map((tab) => (
            <Tabs.Tab key={tab.value} value={tab.value}>
              {tab.label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="limits">
          <LimitsTab policy={policy} />
        </Tabs.Panel>
        <Tabs.Panel value="source">
          <p>
            <code>{policy.file}</code>, package <code>{policy.packageName}</code>
          </p>
          <CodeEditor value={policy.source} language="rego" label={`Source of ${policy.title}`} row={row} />
        </Tabs.Panel>
        <Tabs.Panel value="tests">
          <TestsTab policy={policy} />
        </Tabs.Panel>
        <Tabs.Panel value="try">
          <TryTab policy={policy} />
        </Tabs.Panel>
        <Tabs.Panel value="decisions">
          <PolicyDecisions space={space} policy={policy} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
