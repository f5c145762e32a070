"use client";

import { Button, NativeSelect } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { shownProblem } from "#app/_portal/problem.ts";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { CodeEditor } from "#app/_ui/code/code-editor.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Refused } from "#app/_ui/state/refused.tsx";
import { readJson } from "#app/(portal)/s/[space]/policies/[policy]/read-json.ts";
import { sampleInput } from "#app/(portal)/s/[space]/policies/[policy]/sample-input.ts";
import { JsonFault } from "#app/(portal)/s/[space]/policies/json-fault.tsx";
import styles from "#app/(portal)/s/[space]/policies/policy.module.css";
import type { PolicyPackage } from "#server/policy/policy.ts";
import { DraftResult } from "./draft-result.tsx";
import { draftSamples } from "./draft-samples.ts";

const kinds = {
  "torque.consumption": "When a blueprint is opened",
  "torque.environment": "On a launch or an extension",
  "torque.terraform_plan": "On each plan",
} as const satisfies Record<PolicyPackage, string>;

const asJson = (value: unknown) => JSON.stringify(value, null, 2);

/** Source, document, limits and tests on one page; the answer below, refusals at their row. */
export function DraftForm() {
  const trpc = useTRPC();
  const space = useSpace();
  const [kind, setKind] = useState<PolicyPackage>("torque.environment");
  const [source, setSource] = useState(draftSamples[kind].source);
  const [tests, setTests] = useState(draftSamples[kind].tests);
  const [input, setInput] = useState(() => asJson(sampleInput(kind)));
  const [limits, setLimits] = useState("{}");
  const ask = useMutation(trpc.policy.tryDraft.mutationOptions());
  const document = readJson(input);
  const data = readJson(limits);
  const fault = document.fault ?? data.fault;
  const row = refusedRow(ask.error);
  if (!space.can("policy.edit"))
    return (
      <Refused title="Drafts are tried by policy admins">
        You can read every policy and try it on a document from its own page.
      </Refused>
    );
  const begin = (next: PolicyPackage) => {
    setKind(next);
    setSource(draftSamples[next].source);
    setTests(draftSamples[next].tests);
    setInput(asJson(sampleInput(next)));
    ask.reset();
  };
  return (
    <>
      <div className={styles.line}>
        <NativeSelect
          label="Asked"
          value={kind}
          onChange={(event) => begin(event.currentTarget.value as PolicyPackage)}
          data={Object.entries(kinds).map(([value, label]) => ({ value, label }))}
        />
      </div>
      <Section title="Policy" plain>
        <CodeEditor value={source} language="rego" label="Policy" onChange={setSource} row={row} />
      </Section>
      <div className={styles.split}>
        <Section title="Input document" plain>
          <CodeEditor value={input} language="json" label="Input document" onChange={setInput} />
        </Section>
        <Section title="Tests" plain>
          <CodeEditor value={tests} language="rego" label="Tests" onChange={setTests} />
        </Section>
      </div>
      <Section title="Limits (data)" plain>
        <CodeEditor value={limits} language="json" label="Limits" onChange={setLimits} />
      </Section>
      <JsonFault fault={fault} />
      <Button
        mt="md"
        mb="md"
        disabled={fault !== undefined || source.trim() === ""}
        loading={ask.isPending}
        onClick={() =>
          ask.mutate({
            spaceId: space.id,
            source,
            tests,
            input: document.value,
            data: data.value as Record<string, unknown>,
          })
        }
      >
        Check and ask
      </Button>
      <ProblemNotice error={ask.error} title="Refused" />
      <div role="status">{ask.data ? <DraftResult trial={ask.data} /> : null}</div>
    </>
  );
}

/** The row of the policy that was refused, to bring into view. */
function refusedRow(error: unknown): number | undefined {
  const place = error ? shownProblem(error).place : undefined;
  return place?.file === "draft.rego" ? place.row : undefined;
}
