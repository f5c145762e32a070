"use client";

import { DecisionBanner } from "#app/_portal/decision-banner.tsx";
import { runKindWord } from "#app/_portal/run-state-badge.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { storedVerdicts } from "#app/_portal/stored.ts";
import { VerdictTable } from "#app/_portal/verdict-table.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Moment } from "#app/_ui/time/moment.tsx";
import type { EnvironmentView } from "./step-view.ts";

type Stop = NonNullable<EnvironmentView["planStop"]>;

/** Why a run was stopped although its request had been let through: the plan that was made is another than the one from its files. */
export function PlanStop({ stop, simulated }: { stop: Stop; simulated: boolean }) {
  const { slug } = useSpace();
  const grains = [...new Set(storedVerdicts(stop.verdicts).flatMap(({ grain }) => grain ?? []))].join(", ");
  return (
    <Section
      title={`${runKindWord[stop.run]} stopped before apply`}
      note={<Moment at={stop.createdAt} relative />}
      plain
    >
      <DecisionBanner word={stop.word} sentence={stop.sentence}>
        <div>
          This is {simulated ? "the simulator's" : "Terraform's own"} plan of {grains || "the grain"}. It says more than
          could be known when the request was decided. Nothing of it was applied.
        </div>
      </DecisionBanner>
      <VerdictTable verdicts={storedVerdicts(stop.verdicts)} space={slug} />
    </Section>
  );
}
