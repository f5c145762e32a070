"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ActorName } from "#app/_portal/actor-name.tsx";
import { ApprovalStateBadge } from "#app/_portal/approval-state-badge.tsx";
import { DecisionBanner } from "#app/_portal/decision-banner.tsx";
import { EstimateTable } from "#app/_portal/estimate-table.tsx";
import { PlanDiff } from "#app/_portal/plan-diff.tsx";
import { Reevaluate } from "#app/_portal/reevaluate.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { storedEstimate, storedPlans, storedVerdicts } from "#app/_portal/stored.ts";
import { VerdictTable } from "#app/_portal/verdict-table.tsx";
import { useTRPC } from "#app/_trpc/react.tsx";
import { CopyCode } from "#app/_ui/copy-code.tsx";
import { PageHeader } from "#app/_ui/page-header.tsx";
import { Section } from "#app/_ui/section.tsx";
import { actionWords } from "#app/(portal)/s/[space]/approvals/action-words.ts";
import styles from "./approval.module.css";
import { ApprovalFacts } from "./approval-facts.tsx";
import { ApprovalInputs } from "./approval-inputs.tsx";
import { DecisionPanel } from "./decision-panel.tsx";
import { LastApproved } from "./last-approved.tsx";
import { SettledNotice } from "./settled-notice.tsx";
import { useSeen } from "./use-seen.ts";
import { Votes } from "./votes.tsx";

/** What would run, what it costs, what the policies said; and beside it, the decision. */
export function ApprovalScreen({ id }: { id: string }) {
  const trpc = useTRPC();
  const { path, slug } = useSpace();
  const { data: approval } = useSuspenseQuery(trpc.approval.find.queryOptions({ id }));
  const seen = useSeen(["verdicts", "changes", "estimate"]);
  const estimate = storedEstimate(approval.environment.estimate);
  const title = `${actionWords[approval.action]} ${approval.environment.name}`;
  return (
    <>
      <title>{`${title} · Approval · Gantry`}</title>
      <PageHeader
        title={title}
        crumbs={[{ label: "Approvals", href: path("approvals") }]}
        beside={
          <>
            <Link href={path(`environments/${approval.environment.ref}`)}>{approval.environment.ref}</Link>
            <ApprovalStateBadge state={approval.state} />
          </>
        }
        lead={
          <>
            Asked by <ActorName actor={approval.requestedBy} />
          </>
        }
      />
      <SettledNotice approval={approval} />
      <div className={styles.columns}>
        <div>
          <DecisionBanner word={approval.decision.word} sentence={approval.decision.sentence} />
          <div id="verdicts" ref={seen.watch("verdicts")}>
            <Section title="Verdicts" plain>
              <VerdictTable verdicts={storedVerdicts(approval.decision.verdicts)} space={slug} />
              <Reevaluate decisionId={approval.decision.id} />
            </Section>
          </div>
          <Section title="Inputs" plain>
            <ApprovalInputs approval={approval} />
          </Section>
          {approval.diffToLastApproved ? <LastApproved diff={approval.diffToLastApproved} /> : null}
          <div id="changes" ref={seen.watch("changes")}>
            <Section title="Changes" plain>
              <PlanDiff plans={storedPlans(approval.environment.plan)} />
            </Section>
          </div>
          <div id="estimate" ref={seen.watch("estimate")}>
            <Section title="Estimate" plain>
              {estimate ? (
                <EstimateTable estimate={estimate} />
              ) : (
                <p>No estimate could be made: the cost is unknown.</p>
              )}
            </Section>
          </div>
          <p className={styles.hash}>
            Plan <CopyCode shown={approval.planHash} what="plan hash" />{" "}
            {approval.state === "open" ? "Valid until inputs, blueprint, policies or estimate change." : null}
          </p>
        </div>
        <aside aria-label="Decision" className={styles.side}>
          <DecisionPanel key={approval.planHash} approval={approval} allSeen={seen.all} missing={seen.missing} />
          <Votes approval={approval} />
          <ApprovalFacts approval={approval} />
        </aside>
      </div>
    </>
  );
}
