"use client";

import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { CodeEditor } from "#app/_ui/code/code-editor.tsx";
import { Empty } from "#app/_ui/state/empty.tsx";
import { TestRun } from "#app/(portal)/s/[space]/policies/test-run.tsx";
import type { PolicyView } from "./policy-view.ts";

/** The policy's own tests, run in place by the engine that judges. */
export function TestsTab({ policy }: { policy: PolicyView }) {
  const trpc = useTRPC();
  const space = useSpace();
  const run = useMutation(trpc.policy.runTests.mutationOptions());
  if (!policy.test)
    return <Empty title="This policy has no tests">They stand in a file named *_test.rego beside it.</Empty>;
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
      <div role="status">
        {run.data ? <TestRun run={run.data} file={policy.file} rowHref={(row) => `?tab=source&row=${row}`} /> : null}
      </div>
      <p>
        <code>{policy.test.file}</code>
      </p>
      <CodeEditor value={policy.test.source} language="rego" label={`Tests of ${policy.title}`} />
    </>
  );
}
