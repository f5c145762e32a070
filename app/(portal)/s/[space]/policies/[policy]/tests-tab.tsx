"use client";

import { Button } from "@mantine/core";
import { IconCircleCheck, IconOctagonMinus } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { CodeEditor } from "#app/_ui/code/code-editor.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Empty } from "#app/_ui/state/empty.tsx";
import { StatusBadge } from "#app/_ui/status-badge.tsx";
import type { PolicyView } from "./policy-view.ts";

const look = {
  passed: { tone: "good", icon: IconCircleCheck, word: "Passed" },
  failed: { tone: "failed", icon: IconOctagonMinus, word: "Failed" },
  error: { tone: "failed", icon: IconOctagonMinus, word: "Error" },
} as const;

/** The policy's own tests, run in place by the engine that judges. */
export function TestsTab({ policy }: { policy: PolicyView }) {
  const trpc = useTRPC();
  const space = useSpace();
  const run = useMutation(trpc.policy.runTests.mutationOptions());
  if (!policy.test)
    return <Empty title="This policy has no tests">They stand in a file named *_test.rego beside it.</Empty>;
  const results = run.data ?? [];
  const failed = results.filter((result) => result.state !== "passed").length;
  return (
    <>
      <Button
        mb="md"
        loading={run.isPending}
        onClick={() => run.mutate({ spaceId: space.id, policyName: policy.name })}
      >
        Run the tests
      </Button>
      <ProblemNotice error={run.error} title="The tests could not be run" />
      <p role="status">{run.data ? `${results.length - failed} passed, ${failed} failed` : ""}</p>
      {results.length > 0 ? (
        <DataTable
          label="Tests"
          rows={results}
          rowKey={(result) => result.name}
          columns={[
            { key: "name", label: "Test", cell: (result) => <code>{result.name}</code> },
            { key: "state", label: "Result", cell: (result) => <StatusBadge {...look[result.state]} /> },
            { key: "message", label: "Why", cell: (result) => result.message ?? "" },
            { key: "row", label: "Line", numeric: true, cell: (result) => result.row ?? "" },
            { key: "ms", label: "Took", numeric: true, cell: (result) => `${result.tookMs.toFixed(1)} ms` },
          ]}
        />
      ) : null}
      <p>
        <code>{policy.test.file}</code>
      </p>
      <CodeEditor value={policy.test.source} language="rego" label={`Tests of ${policy.title}`} />
    </>
  );
}
