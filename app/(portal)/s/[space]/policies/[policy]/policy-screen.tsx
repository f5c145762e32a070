"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { EnabledBadge } from "#app/_portal/enabled-badge.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { CodeEditor } from "#app/_ui/code/code-editor.tsx";
import { CopyCode } from "#app/_ui/copy-code.tsx";
import { PageHeader } from "#app/_ui/page-header.tsx";
import { UrlTabs } from "#app/_ui/url-tabs.tsx";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import { LimitsTab } from "./limits-tab.tsx";
import { PolicyDecisions } from "./policy-decisions.tsx";
import type { PolicyView } from "./policy-view.ts";
import { RulesTab } from "./rules-tab.tsx";
import { TestsTab } from "./tests-tab.tsx";
import { TryTab } from "./try-tab.tsx";

/** One rule: what it says, how it is tested, what it would say, what it said, and the limits it has here. */
export function PolicyScreen({ space, name }: { space: string; name: string }) {
  const trpc = useTRPC();
  const { path } = useSpace();
  const { data: policy } = useSuspenseQuery(trpc.policy.find.queryOptions({ space, policyName: name }));
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
      <UrlTabs
        clears={["row"]}
        tabs={[
          { value: "limits", label: "Limits here", panel: <LimitsTab policy={policy} /> },
          ...(policy.rules.length > 0
            ? [{ value: "rules", label: `Rules (${policy.rules.length})`, panel: <RulesTab policy={policy} /> }]
            : []),
          { value: "source", label: "Source", panel: <SourceTab policy={policy} /> },
          { value: "tests", label: "Tests", panel: <TestsTab policy={policy} /> },
          { value: "try", label: "Try it", panel: <TryTab policy={policy} /> },
          { value: "decisions", label: "Last decisions", panel: <PolicyDecisions space={space} policy={policy} /> },
        ]}
      />
    </>
  );
}

function SourceTab({ policy }: { policy: PolicyView }) {
  const { value } = useUrlState();
  return (
    <>
      <p>
        <code>{policy.file}</code>, package <code>{policy.packageName}</code>
      </p>
      <CodeEditor
        value={policy.source}
        language="rego"
        label={`Source of ${policy.title}`}
        row={Number(value("row")) || undefined}
      />
    </>
  );
}
