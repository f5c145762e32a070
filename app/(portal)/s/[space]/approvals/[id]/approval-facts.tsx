"use client";

import { Money } from "#app/_portal/money.tsx";
import { openEnd } from "#app/_portal/stored.ts";
import { Facts } from "#app/_ui/facts.tsx";
import { Section } from "#app/_ui/section.tsx";
import { minutesInWords } from "#app/_ui/time/format-time.ts";
import { Moment } from "#app/_ui/time/moment.tsx";
import type { ApprovalView } from "./approval-view.ts";

export function ApprovalFacts({ approval }: { approval: ApprovalView }) {
  const { environment } = approval;
  return (
    <Section title="Request">
      <Facts
        items={[
          { name: "Blueprint", value: approval.blueprint?.title ?? environment.blueprintName },
          { name: "Owner", value: environment.ownerName ?? "unknown" },
          {
            name: "Estimate",
            value: <Money amount={environment.monthlyEstimate} upper={openEnd(environment.estimate)} period="month" />,
          },
          {
            name: "Length",
            value: environment.durationMinutes === null ? "no end" : minutesInWords(environment.durationMinutes),
          },
          { name: "Asked", value: <Moment at={approval.createdAt} relative /> },
          approval.state === "open"
            ? {
                name: "Expires",
                value: <Moment at={approval.expiresAt} relative />,
                hint: "then it counts as rejected",
              }
            : { name: "Settled", value: <Moment at={approval.settledAt} relative /> },
          ...(approval.action === "extend" && typeof approval.payload.endsAt === "string"
            ? [{ name: "New end", value: <Moment at={approval.payload.endsAt} relative /> }]
            : []),
        ]}
      />
    </Section>
  );
}
