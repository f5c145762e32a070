"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { Money } from "#app/_portal/money.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Facts } from "#app/_ui/facts.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Refused } from "#app/_ui/state/refused.tsx";
import { SpaceForm } from "./space-form.tsx";

export function SpaceTab({ space }: { space: string }) {
  const trpc = useTRPC();
  const { can } = useSpace();
  const { data } = useSuspenseQuery(trpc.space.find.queryOptions({ space }));
  if (can("space.edit")) return <SpaceForm key={data.id} space={data} />;
  return (
    <Section title={data.name}>
      <Facts
        items={[
          { name: "Description", value: data.description || "none" },
          { name: "Time zone", value: data.timeZone },
          {
            name: "Budget",
            value: data.monthlyBudget ? (
              <Money amount={data.monthlyBudget} currency={data.currency} period="month" />
            ) : (
              "none"
            ),
          },
          {
            name: "Tags on everything launched",
            value:
              Object.entries(data.tags)
                .map(([name, value]) => `${name}=${value}`)
                .join(", ") || "none",
          },
        ]}
      />
      <Refused title="You may read these settings, not change them">An admin of this space can.</Refused>
    </Section>
  );
}
