"use client";

import { Button, NativeSelect, Switch, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { RunStateBadge, runKindWord } from "#app/_portal/run-state-badge.tsx";
import { Empty } from "#app/_ui/state/empty.tsx";
import { useDebouncedText } from "#app/_ui/use-debounced-text.ts";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import type { EnvironmentView, RunView } from "#app/(portal)/s/[space]/environments/[ref]/step-view.ts";
import styles from "./log.module.css";
import { LogLines } from "./log-lines.tsx";

const levels = ["debug", "info", "warn", "error"] as const;

/** The whole log of a run, searchable on the server; what is shown is in the address. */
export function LogTab({ environment, runs }: { environment: EnvironmentView; runs: readonly RunView[] }) {
  const { value, change } = useUrlState();
  const [times, setTimes] = useState(true);
  const [text, setText] = useDebouncedText(value("find"), (find) => change({ find }));
  const run = runs.find((each) => each.id === value("run")) ?? runs[0];
  const level = levels.find((each) => each === value("level"));
  if (!run)
    return (
      <Empty title="No log yet">
        {environment.state === "awaiting_approval"
          ? "It waits for approval; nothing has run."
          : "Nothing has run, so there is nothing to read."}
      </Empty>
    );
  return (
    <>
      <div className={styles.tools}>
        <NativeSelect
          label="Run"
          size="xs"
          value={run.id}
          onChange={(event) => change({ run: event.currentTarget.value, step: null })}
          data={runs.map((each) => ({
            value: each.id,
            label: `${runKindWord[each.kind]}, attempt ${each.attempt}`,
          }))}
        />
        <NativeSelect
          label="Step"
          size="xs"
          value={value("step")}
          onChange={(event) => change({ step: event.currentTarget.value })}
          data={[
            { value: "", label: "All steps" },
            ...run.steps.map((step) => ({ value: step.id, label: `${step.verb} ${step.grain}` })),
          ]}
        />
        <NativeSelect
          label="Level"
          size="xs"
          value={level ?? ""}
          onChange={(event) => change({ level: event.currentTarget.value })}
          data={[
            { value: "", label: "All levels" },
            { value: "warn", label: "Warnings and errors" },
            { value: "error", label: "Errors" },
          ]}
        />
        <TextInput
          label="Find"
          size="xs"
          leftSection={<IconSearch size={14} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          data-filter-field
        />
        <Switch label="Times" checked={times} onChange={(event) => setTimes(event.currentTarget.checked)} />
        <RunStateBadge state={run.state} />
        <Button
          component="a"
          size="xs"
          variant="default"
          href={`/api/log/${environment.id}?run=${run.id}`}
          download={`env-${environment.number}.log`}
        >
          Download
        </Button>
      </div>
      <LogLines
        key={`${run.id}/${value("step")}/${level ?? ""}/${value("find")}`}
        environmentId={environment.id}
        question={{
          runId: run.id,
          ...(value("step") ? { stepId: value("step") } : {}),
          ...(level ? { level } : {}),
          ...(value("find") ? { text: value("find") } : {}),
        }}
        running={run.state === "running"}
        times={times}
      />
    </>
  );
}
