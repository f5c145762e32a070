"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import Link from "next/link";
import { DecisionBanner } from "#app/_portal/decision-banner.tsx";
import { EstimateTotal } from "#app/_portal/estimate-total.tsx";
import { RunsOn } from "#app/_portal/runs-on.tsx";
import { VerdictTable } from "#app/_portal/verdict-table.tsx";
import type { Outputs } from "#app/_trpc/outputs.ts";
import { Facts } from "#app/_ui/facts.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Notice } from "#app/_ui/state/notice.tsx";
import { Moment } from "#app/_ui/time/moment.tsx";
import { AssumedNotice } from "./assumed-notice.tsx";
import { ChangedInputs } from "./changed-inputs.tsx";
import styles from "./launch.module.css";
import { LaunchButton } from "./launch-button.tsx";
import { ProblemSummary } from "./problem-summary.tsx";
import type { Draft, Saving } from "./use-draft.ts";

export type Preview = Outputs["draft"]["preview"];

type Props = {
  draft: Draft;
  space: string;
  item: Outputs["catalog"]["find"] | null;
  preview: UseQueryResult<Preview, unknown>;
  saving: Saving;
  isCurrent: boolean;
  beforeLaunch: () => Promise<void>;
  showProblems: () => void;
};

/** What would be launched, until when, for how much, and what the policies say, kept in step with the form. */
export function DraftSummary(props: Props) {
  const { draft, space, item, preview, saving, isCurrent } = props;
  const data = preview.data;
  return (
    <Section title="Summary" note={savingWord(saving, preview.isFetching)}>
      {typeof saving === "object" ? (
        <Notice tone="failed" title="Your last edits are not stored yet">
          {saving.failed} They stay on this page and are sent with the next edit.
        </Notice>
      ) : null}
      <Facts
        items={[
          {
            name: "Blueprint",
            value: item ? (
              <>
                <Link href={`/s/${space}/catalog/${item.card.blueprintName}`}>{item.card.title}</Link>{" "}
                <code>@{item.revision.digest.slice(0, 8)}</code>
              </>
            ) : draft.blueprintName ? (
              <code>{draft.blueprintName}</code>
            ) : (
              "not chosen"
            ),
          },
          { name: "Runs on", value: data?.runsOn ? <RunsOn place={data.runsOn} space={space} /> : "not known yet" },
          {
            name: "Ends",
            value: data?.endsAtIfNow ? (
              <Moment at={data.endsAtIfNow} relative />
            ) : draft.durationMinutes === null ? (
              "no end"
            ) : (
              "not known yet"
            ),
          },
          {
            name: "Yours now",
            value: data?.quota ? (
              <Link href={`/s/${space}/environments?owner=me&state=current&sort=ends`}>
                {data.quota.used} of {data.quota.limit} in use
              </Link>
            ) : data ? (
              "no limit set"
            ) : (
              "not known yet"
            ),
          },
        ]}
      />
      <ChangedInputs draft={draft} blueprint={item?.revision.blueprint ?? null} />
      <div className={styles.part} aria-live="polite" aria-busy={!isCurrent}>
        {data?.estimate ? <EstimateTotal estimate={data.estimate} /> : null}
        {data?.decision ? (
          <>
            <DecisionBanner
              word={data.decision.word}
              sentence={data.decision.sentence}
              warnings={data.decision.warnings}
            />
            <VerdictDetails space={space} verdicts={data.decision.verdicts} />
          </>
        ) : null}
        {data && data.assumptions.length > 0 ? <AssumedNotice fields={data.assumptions} /> : null}
      </div>
      <ProblemSummary problems={data?.problems ?? []} error={preview.error} />
      <LaunchButton {...props} />
    </Section>
  );
}

function VerdictDetails({
  space,
  verdicts,
}: {
  space: string;
  verdicts: NonNullable<Preview["decision"]>["verdicts"];
}) {
  return (
    <details className={styles.details}>
      <summary>
        {verdicts.length} {verdicts.length === 1 ? "verdict" : "verdicts"}, with the facts they read
      </summary>
      <VerdictTable verdicts={verdicts} space={space} />
    </details>
  );
}

function savingWord(saving: Saving, checking: boolean): string {
  if (typeof saving === "object") return "not saved";
  if (saving === "saving") return "saving…";
  return checking ? "saved, checking…" : "saved";
}
