"use client";

import { Anchor } from "@mantine/core";
import Link from "next/link";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { Notice } from "#app/_ui/state/notice.tsx";
import { Moment } from "#app/_ui/time/moment.tsx";
import { PlanStop } from "./plan-stop.tsx";
import { ProgressStrip } from "./progress-strip.tsx";
import type { EnvironmentView, RunView } from "./step-view.ts";

const waitingFor = {
  launch: "Waiting for people",
  extend: "The extension waits for people",
  plan: "What its real plan costs waits for people",
  update: "The update waits for people",
  terminate: "The end waits for people",
} as const;

/** Why it is in this state, and what is going on, above the tabs. */
export function RunsOfNow({ environment, runs }: { environment: EnvironmentView; runs: readonly RunView[] }) {
  const { path } = useSpace();
  const newest = runs[0];
  const waiting = environment.openApprovals[0];
  const moving = newest && (newest.state === "running" || newest.state === "queued");
  const failed = newest?.state === "failed" || newest?.state === "lost";
  return (
    <>
      {waiting ? (
        <Notice
          tone="approval"
          title={waitingFor[waiting.action]}
          action={
            <Anchor component={Link} href={path(`approvals/${waiting.id}`)}>
              Open the request
            </Anchor>
          }
        >
          {waiting.reason}
          <div>
            If nobody decides by <Moment at={waiting.expiresAt} relative />, it is rejected.
          </div>
        </Notice>
      ) : null}
      {environment.state === "leftovers" ? (
        <Notice tone="warning" title={`${environment.leftovers.length} resources are left and may still cost money`}>
          <ul>
            {environment.leftovers.map((left) => (
              <li key={left.address}>
                <code>{left.address}</code>: {left.reason}
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {environment.planStop ? <PlanStop stop={environment.planStop} simulated={environment.simulated} /> : null}
      {!environment.planStop &&
      ["denied", "rejected", "launch_failed", "withdrawn"].includes(environment.state) &&
      environment.stateReason ? (
        <Notice tone={environment.state === "launch_failed" ? "failed" : "denied"} title="Why">
          {environment.stateReason}
        </Notice>
      ) : null}
      {environment.state === "ended" ? (
        <Notice tone="ended" title={`${environment.leftovers.length} resources left`}>
          {environment.stateReason || "Teardown was verified against the driver."} <Moment at={environment.endedAt} />
        </Notice>
      ) : null}
      {newest && (moving || failed) ? <ProgressStrip run={newest} /> : null}
    </>
  );
}
