"use client";

import { Button } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { BlueprintIcon } from "#app/_portal/blueprint-icon.tsx";
import { DecisionBanner } from "#app/_portal/decision-banner.tsx";
import { ReadyTime } from "#app/_portal/ready-time.tsx";
import { RunsOn } from "#app/_portal/runs-on.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { SimulatedBadge } from "#app/_portal/simulated-badge.tsx";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Facts } from "#app/_ui/facts.tsx";
import { PageHeader } from "#app/_ui/page-header.tsx";
import { PlainMarkdown } from "#app/_ui/plain-markdown.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Notice } from "#app/_ui/state/notice.tsx";
import { minutesInWords } from "#app/_ui/time/format-time.ts";
import { Moment } from "#app/_ui/time/moment.tsx";
import { ReviewRibbon } from "#app/(portal)/s/[space]/catalog/review-ribbon.tsx";
import { TypicalCost } from "#app/(portal)/s/[space]/catalog/typical-cost.tsx";
import { whyBlocked } from "#app/(portal)/s/[space]/catalog/why-blocked.ts";
import { AppliedPolicies } from "./applied-policies.tsx";
import { BlueprintParts } from "./blueprint-parts.tsx";
import { BlueprintPrompts } from "./blueprint-prompts.tsx";
import { BlueprintRevisions } from "./blueprint-revisions.tsx";
import { LastLaunches } from "./last-launches.tsx";

/** Everything one wants to know of a blueprint before launching it. */
export function BlueprintPage({ space, name }: { space: string; name: string }) {
  const trpc = useTRPC();
  const { path, can } = useSpace();
  const { data } = useSuspenseQuery(trpc.catalog.find.queryOptions({ space, blueprint: name }));
  const { card, revision, click } = data;
  const { blueprint } = revision;
  const blocked = whyBlocked(card);
  return (
    <>
      <title>{`${card.title} · Catalog · Gantry`}</title>
      <PageHeader
        title={card.title}
        crumbs={[{ label: "Catalog", href: path("catalog") }]}
        beside={
          <>
            <BlueprintIcon name={card.icon} size={24} />
            {card.agent === "simulator" ? <SimulatedBadge /> : null}
            <ReviewRibbon item={card} />
          </>
        }
        lead={card.description}
        actions={
          can("environment.launch") && !blocked && click.word !== "Denied" ? (
            <Button component={Link} href={path(`launch?blueprint=${name}`)}>
              Launch
            </Button>
          ) : null
        }
      />
      {blocked ? (
        <Notice tone="denied" title="Cannot be launched here">
          {blocked}
        </Notice>
      ) : click.word === "Approved" ? null : (
        <DecisionBanner word={click.word} sentence={click.sentence} warnings={click.warnings} />
      )}
      <Section title="At a glance">
        <Facts
          items={[
            { name: "Owner", value: card.owner.team, hint: card.owner.email ?? "no address given" },
            { name: "Cost", value: <TypicalCost item={card} /> },
            { name: "Time to ready", value: <ReadyTime usual={card.timeToReady} launches={card.launches} /> },
            { name: "Runs on", value: <RunsOn place={card} space={space} /> },
            {
              name: "Length",
              value: minutesInWords(card.duration.defaultMinutes),
              hint: card.duration.maxMinutes ? `at most ${minutesInWords(card.duration.maxMinutes)}` : "no upper limit",
            },
            {
              name: "Revision",
              value: <code>{card.digest.slice(0, 12)}</code>,
              hint: `published by ${card.publishedBy.kind === "system" ? "the release" : card.publishedBy.name}`,
            },
            { name: "Published", value: <Moment at={card.publishedAt} /> },
          ]}
        />
      </Section>
      <BlueprintPrompts space={space} prompts={blueprint.prompts} />
      {blueprint.instructions ? (
        <Section title="Instructions">
          <PlainMarkdown text={blueprint.instructions} />
        </Section>
      ) : null}
      <BlueprintParts blueprint={blueprint} />
      <AppliedPolicies space={space} />
      <LastLaunches rows={data.lastLaunches} />
      <BlueprintRevisions space={space} name={name} publishedId={card.revisionId} />
      {blueprint.readme ? (
        <Section title="Read me">
          <PlainMarkdown text={blueprint.readme} />
        </Section>
      ) : null}
    </>
  );
}
