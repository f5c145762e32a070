"use client";

import { UnstyledButton } from "@mantine/core";
import { RevisionStateBadge } from "#app/_portal/revision-state-badge.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Moment } from "#app/_ui/time/moment.tsx";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import styles from "#app/(portal)/s/[space]/blueprints/blueprints.module.css";
import type { RevisionRow } from "./revision-view.ts";

type Props = { revisions: readonly RevisionRow[]; shownId: string; publishedId: string | undefined };

export function RevisionPicker({ revisions, shownId, publishedId }: Props) {
  const { change } = useUrlState();
  return (
    <Section title="Revisions" plain>
      <ul className={styles.revisions}>
        {revisions.map((revision) => (
          <li key={revision.id}>
            <UnstyledButton
              className={styles.revision}
              aria-current={revision.id === shownId}
              onClick={() => change({ revision: revision.id, file: null }, "push")}
            >
              <code>{revision.digest.slice(0, 12)}</code> <RevisionStateBadge state={revision.state} />
              <span className={styles.meta}>
                {revision.author.kind === "system" ? "the release" : revision.author.name},{" "}
                <Moment at={revision.createdAt} />
                {revision.id === publishedId ? " · in the catalog" : ""}
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </Section>
  );
}
