"use client";

import { NativeSelect, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Empty } from "#app/_ui/state/empty.tsx";
import { NoMatch } from "#app/_ui/state/no-match.tsx";
import { useDebouncedText } from "#app/_ui/use-debounced-text.ts";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import styles from "#app/(portal)/s/[space]/policies/policy.module.css";
import { RuleTable } from "#app/(portal)/s/[space]/policies/rule-table.tsx";
import { filterRules, ruleQuestion } from "./filter-rules.ts";

const severities = [
  { value: "", label: "Any severity" },
  { value: "high", label: "High" },
  { value: "medium", label: "Medium" },
  { value: "low", label: "Low" },
];

/** All static rules, searched by id, resource type and words; the question is in the address. */
export function RuleSearch({ space }: { space: string }) {
  const trpc = useTRPC();
  const { path } = useSpace();
  const { value, change } = useUrlState();
  const [text, setText] = useDebouncedText(value("q"), (q) => change({ q }));
  const { data: rules } = useSuspenseQuery(trpc.policy.rules.queryOptions({ space }));
  if (rules.length === 0) return <Empty title="No policy of this release holds static rules" />;
  const question = ruleQuestion(value);
  const found = filterRules(rules, question);
  const policies = [...new Map(rules.map((rule) => [rule.policy, rule.policyTitle]))];
  const filters = [
    { name: "q", label: `“${question.text}”`, isOn: question.text !== "" },
    { name: "severity", label: question.severity, isOn: question.severity !== "" },
    { name: "policy", label: new Map(policies).get(question.policy) ?? question.policy, isOn: question.policy !== "" },
  ].filter(({ isOn }) => isOn);
  return (
    <>
      <div className={styles.line}>
        <TextInput
          className={styles.grow}
          label="Find by rule, resource type or words"
          leftSection={<IconSearch size={14} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          data-filter-field
        />
        <NativeSelect
          label="Severity"
          value={question.severity}
          onChange={(event) => change({ severity: event.currentTarget.value })}
          data={severities}
        />
        <NativeSelect
          label="Policy"
          value={question.policy}
          onChange={(event) => change({ policy: event.currentTarget.value })}
          data={[
            { value: "", label: "All policies" },
            ...policies.map(([name, title]) => ({ value: name, label: title })),
          ]}
        />
      </div>
      <p role="status">
        {found.length === rules.length ? `${rules.length} rules` : `${found.length} of ${rules.length} rules`}
      </p>
      {found.length === 0 ? (
        <NoMatch
          total={rules.length}
          what="rules"
          filters={filters}
          remove={(name) => change({ [name]: null })}
          clear={() => change({ q: null, severity: null, policy: null })}
        />
      ) : (
        <RuleTable
          label="Static rules"
          rules={found.map((rule) => ({
            ...rule,
            policyTitle: `${rule.policyTitle}${rule.enabled ? "" : " (disabled here)"}`,
            href: path(`policies/${rule.policy}?tab=source${rule.row ? `&row=${rule.row}` : ""}`),
          }))}
        />
      )}
    </>
  );
}
