import { DecisionBadge } from "#app/_portal/decision-badge.tsx";
import { VerdictReason } from "#app/_portal/verdict-reason.tsx";
import { Warnings } from "#app/_portal/warnings.tsx";
import type { Outputs } from "#app/_trpc/outputs.ts";
import { Facts } from "#app/_ui/facts.tsx";
import { Section } from "#app/_ui/section.tsx";
import { TestRun } from "#app/(portal)/s/[space]/policies/test-run.tsx";

const listed = (paths: readonly string[]) =>
  paths.length === 0
    ? "nothing"
    : paths.map((path) => (
        <div key={path}>
          <code>{path}</code>
        </div>
      ));

/** What a draft defines and reads, what it says to the document, and how its tests went. */
export function DraftResult({ trial }: { trial: Outputs["policy"]["tryDraft"] }) {
  const names = [...new Set(trial.rules.map(({ name }) => name))];
  return (
    <>
      {trial.verdict ? (
        <Section title="Verdict">
          <DecisionBadge word={trial.verdict.word} error={trial.verdict.error !== undefined} /> in{" "}
          {trial.verdict.tookMs.toFixed(1)} ms
          <VerdictReason verdict={trial.verdict} />
        </Section>
      ) : null}
      <Section title="Checked">
        <Warnings warnings={trial.warnings} />
        <Facts
          items={[
            { name: "Package", value: <code>{trial.packageName}</code> },
            {
              name: "Language",
              value: trial.version === "v1" ? "Rego v1" : "Rego v0: OPA 1.x reads it only with --v0-compatible",
            },
            { name: "Defines", value: listed(names) },
            { name: "Reads of the request", value: listed(trial.reads.input) },
            { name: "Reads of its limits", value: listed(trial.reads.data) },
          ]}
        />
      </Section>
      {trial.tests ? (
        <Section title="Test results" plain>
          <TestRun run={trial.tests} file="the draft" />
        </Section>
      ) : null}
    </>
  );
}
