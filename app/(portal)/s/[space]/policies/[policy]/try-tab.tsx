"use client";

import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { DecisionBadge } from "#app/_portal/decision-badge.tsx";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { VerdictReason } from "#app/_portal/verdict-reason.tsx";
import { useTRPC } from "#app/_trpc/react.tsx";
import { CodeEditor } from "#app/_ui/code/code-editor.tsx";
import { JsonFault } from "#app/(portal)/s/[space]/policies/json-fault.tsx";
import styles from "#app/(portal)/s/[space]/policies/policy.module.css";
import { PastDocuments } from "./past-documents.tsx";
import type { PolicyView } from "./policy-view.ts";
import { readJson } from "./read-json.ts";
import { sampleInput } from "./sample-input.ts";

/** What it would say to a document, with this space's limits or others. Stores nothing. */
export function TryTab({ policy }: { policy: PolicyView }) {
  const trpc = useTRPC();
  const space = useSpace();
  const [input, setInput] = useState(() => JSON.stringify(sampleInput(policy.packageName), null, 2));
  const [limits, setLimits] = useState(() => JSON.stringify(policy.setting.data, null, 2));
  const ask = useMutation(trpc.policy.tryOn.mutationOptions());
  const document = readJson(input);
  const data = readJson(limits);
  const fault = document.fault ?? data.fault;
  return (
    <>
      <PastDocuments
        policy={policy}
        onChoose={(past) => {
          setInput(JSON.stringify(past?.input ?? sampleInput(policy.packageName), null, 2));
          setLimits(JSON.stringify(past?.data ?? policy.setting.data, null, 2));
          ask.reset();
        }}
      />
      <div className={styles.split}>
        <div>
          <p>Input document</p>
          <CodeEditor value={input} language="json" label="Input document" onChange={setInput} />
        </div>
        <div>
          <p>Limits (data)</p>
          <CodeEditor value={limits} language="json" label="Limits" onChange={setLimits} />
        </div>
      </div>
      <JsonFault fault={fault} />
      <Button
        mt="md"
        mb="md"
        disabled={fault !== undefined}
        loading={ask.isPending}
        onClick={() =>
          ask.mutate({
            spaceId: space.id,
            policyName: policy.name,
            input: document.value,
            data: data.value as Record<string, unknown>,
          })
        }
      >
        Ask the policy
      </Button>
      <ProblemNotice error={ask.error} title="Not asked" />
      <div role="status">
        {ask.data ? (
          <>
            <DecisionBadge word={ask.data.word} error={ask.data.error !== undefined} /> in {ask.data.tookMs.toFixed(1)}{" "}
            ms
            <VerdictReason verdict={ask.data} />
          </>
        ) : null}
      </div>
    </>
  );
}
