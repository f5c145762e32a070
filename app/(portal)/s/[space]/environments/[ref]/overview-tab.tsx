"use client";

import { Anchor } from "@mantine/core";
import Link from "next/link";
import { ActorName } from "#app/_portal/actor-name.tsx";
import { DecisionBanner } from "#app/_portal/decision-banner.tsx";
import { Reevaluate } from "#app/_portal/reevaluate.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { storedVerdicts } from "#app/_portal/stored.ts";
import { VerdictTable } from "#app/_portal/verdict-table.tsx";
import { CopyCode } from "#app/_ui/copy-code.tsx";
import { Facts } from "#app/_ui/facts.tsx";
import { Section } from "#app/_ui/section.tsx";
import { minutesInWords } from "#app/_ui/time/format-time.ts";
import { Moment } from "#app/_ui/time/moment.tsx";
import { EnvironmentInputs } from "./environment-inputs.tsx";
import { EnvironmentOutputs } from "./environment-outputs.tsx";
import { EnvironmentRuns } from "./environment-runs.tsx";
import type { EnvironmentView, RunView } from "./step-view.ts";

const over = ["denied", "rejected", "withdrawn", "ended"] as const satisfies readonly EnvironmentView["state"][];

const viaWords = {
  ui: "in the portal",
  api: "by the API",
  mcp: "by MCP",
  assistant: "by the assistant",
  schedule: "by the schedule",
  worker: "by the worker",
  command: "by a command",
} as const satisfies Record<EnvironmentView["via"], string>;

export function OverviewTab({ environment, runs }: { environment: EnvironmentView; runs: readonly RunView[] }) {
  const { path, slug } = useSpace();
  const isOver = (over as readonly string[]).includes(environment.state);
  return (
    <>
      {environment.outputs.length > 0 ? (
        <Section title="Outputs" plain>
          <EnvironmentOutputs environment={environment} />
        </Section>
      ) : null}
      <Section title="About">
        <Facts
          items={[
            {
              name: "Blueprint",
              value: (
                <>
                  <Anchor component={Link} href={path(`catalog/${environment.blueprintName}`)}>
                    {environment.blueprint?.title ?? environment.blueprintName}
                  </Anchor>{" "}
                  <code title={environment.revisionDigest ?? ""}>@{environment.revisionDigest?.slice(0, 8)}</code>
                </>
              ),
            },
            { name: "Owner", value: environment.ownerName ?? "unknown" },
            { name: "Asked by", value: <ActorName actor={environment.requestedBy} />, hint: viaWords[environment.via] },
            {
              name: "Runs on",
              value: environment.simulated ? (
                "Simulator: nothing real is made"
              ) : environment.connection ? (
                <>
                  This host, with the connection{" "}
                  <Link href={path("settings?tab=connections")}>{environment.connection}</Link>
                </>
              ) : (
                "This host"
              ),
            },
            { name: "Asked", value: <Moment at={environment.createdAt} relative /> },
            {
              name: "Active since",
              value: environment.activeAt ? (
                <Moment at={environment.activeAt} relative />
              ) : isOver ? (
                "never"
              ) : (
                "not yet"
              ),
            },
            {
              name: "Length",
              value: environment.durationMinutes === null ? "no end" : minutesInWords(environment.durationMinutes),
              hint: "counted from its launch or approval",
            },
            {
              name: "Plan",
              value: environment.planHash ? (
                <CopyCode shown={environment.planHash.slice(0, 12)} value={environment.planHash} what="plan hash" />
              ) : (
                "none"
              ),
            },
          ]}
        />
      </Section>
      {environment.prompt ? (
        <Section title="Asked in words">
          <blockquote>{environment.prompt}</blockquote>
        </Section>
      ) : null}
      <Section title="Inputs" plain>
        <EnvironmentInputs environment={environment} />
      </Section>
      {environment.decision ? (
        <Section title="Decision" note={<Moment at={environment.decision.createdAt} relative />} plain>
          <DecisionBanner word={environment.decision.word} sentence={environment.decision.sentence} />
          <VerdictTable verdicts={storedVerdicts(environment.decision.verdicts)} space={slug} />
          <Reevaluate decisionId={environment.decision.id} />
        </Section>
      ) : null}
      <Section title="Runs" plain>
        {runs.length > 0 ? <EnvironmentRuns runs={runs} /> : <p>{isOver ? "Nothing ran." : "Nothing has run yet."}</p>}
      </Section>
    </>
  );
}
