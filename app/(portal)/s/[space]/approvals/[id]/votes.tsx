"use client";

import { IconThumbDown, IconThumbUp } from "@tabler/icons-react";
import { ActorName } from "#app/_portal/actor-name.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Moment } from "#app/_ui/time/moment.tsx";
import styles from "./approval.module.css";
import type { ApprovalView } from "./approval-view.ts";

/** Who has decided, and who can. */
export function Votes({ approval }: { approval: ApprovalView }) {
  const given = approval.votes.filter((vote) => vote.vote === "approve").length;
  return (
    <Section title={`${given} of ${approval.requiredApprovals} approvals`}>
      {approval.votes.length > 0 ? (
        <ul className={styles.votes}>
          {approval.votes.map((vote) => (
            <li key={vote.id} data-tone={vote.vote === "approve" ? "good" : "denied"}>
              {vote.vote === "approve" ? (
                <IconThumbUp size={14} aria-hidden />
              ) : (
                <IconThumbDown size={14} aria-hidden />
              )}
              <span>
                <ActorName actor={vote.voter} /> {vote.vote === "approve" ? "approved" : "rejected"}{" "}
                <Moment at={vote.createdAt} />
                {vote.reason ? <q className={styles.reason}>{vote.reason}</q> : null}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {approval.state === "open" ? (
        <p className={styles.note}>
          {approval.eligible.length === 0
            ? "Nobody in this space may decide this. An admin can give somebody the role approver."
            : `Can decide: ${approval.eligible.map((person) => person.name).join(", ")}.`}
        </p>
      ) : null}
    </Section>
  );
}
