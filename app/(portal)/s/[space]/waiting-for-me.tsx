"use client";

import { Anchor } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useSpace } from "#app/_portal/session/use-space.ts";
import type { Outputs } from "#app/_trpc/outputs.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Moment } from "#app/_ui/time/moment.tsx";
import styles from "./home.module.css";
import { homeQuestions } from "./home-questions.ts";

type Row = Outputs["approval"]["list"]["items"][number];

/** What I have to decide, and what I wait for. */
export function WaitingForMe({ space }: { space: string }) {
  const trpc = useTRPC();
  const { path } = useSpace();
  const questions = homeQuestions(space);
  const { data: forMe } = useSuspenseQuery(trpc.approval.list.queryOptions(questions.forMe));
  const { data: iAsked } = useSuspenseQuery(trpc.approval.list.queryOptions(questions.iAsked));
  return (
    <Section
      title="Waiting for you"
      note={forMe.total > 0 ? String(forMe.total) : undefined}
      actions={
        <Anchor component={Link} href={path("approvals")} size="sm">
          All approvals
        </Anchor>
      }
    >
      {forMe.items.length === 0 ? (
        <p className={styles.none}>Nothing waits for you.</p>
      ) : (
        <Requests rows={forMe.items} />
      )}
      {iAsked.items.length > 0 ? (
        <>
          <h3 className={styles.sub}>You wait for others</h3>
          <Requests rows={iAsked.items} />
        </>
      ) : null}
    </Section>
  );
}

function Requests({ rows }: { rows: readonly Row[] }) {
  const { path } = useSpace();
  return (
    <ul className={styles.list}>
      {rows.map((row) => (
        <li key={row.id}>
          <Link href={path(`approvals/${row.id}`)}>{row.environment.name}</Link>
          <span className={styles.hint}>
            {row.requestedBy.name} · expires <Moment at={row.expiresAt} relative />
          </span>
        </li>
      ))}
    </ul>
  );
}
