"use client";

import { Anchor } from "@mantine/core";
import Link from "next/link";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { Notice } from "#app/_ui/state/notice.tsx";
import { Moment } from "#app/_ui/time/moment.tsx";
import type { ApprovalView } from "./approval-view.ts";

const look = {
  approved: { tone: "good", title: "Approved" },
  rejected: { tone: "denied", title: "Rejected" },
  expired: { tone: "ended", title: "Expired: nobody decided in time" },
  superseded: { tone: "warning", title: "Superseded: what was asked for has changed" },
  withdrawn: { tone: "ended", title: "Withdrawn by the requester" },
} as const;

/** How it ended and why; each end is a word of its own. */
export function SettledNotice({ approval }: { approval: ApprovalView }) {
  const { path } = useSpace();
  if (approval.state === "open") return null;
  const { tone, title } = look[approval.state];
  return (
    <Notice
      tone={tone}
      title={title}
      live
      action={
        approval.supersededById ? (
          <Anchor component={Link} href={path(`approvals/${approval.supersededById}`)}>
            Open the new request
          </Anchor>
        ) : null
      }
    >
      {approval.stateReason} <Moment at={approval.settledAt} relative />
    </Notice>
  );
}
