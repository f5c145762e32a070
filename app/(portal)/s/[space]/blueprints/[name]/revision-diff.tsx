"use client";

import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Empty } from "#app/_ui/state/empty.tsx";
import { Loading } from "#app/_ui/state/loading.tsx";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import styles from "#app/(portal)/s/[space]/blueprints/blueprints.module.css";
import { Patch } from "./patch.tsx";
import type { RevisionRow, RevisionView } from "./revision-view.ts";

type Props = { revision: RevisionView; revisions: readonly RevisionRow[]; publishedId: string | undefined };

/** What changed against the published revision, or any other. */
export function RevisionDiff({ revision, revisions, publishedId }: Props) {
  const trpc = useTRPC();
  const { value, change } = useUrlState();
  const others = revisions.filter(({ id }) => id !== revision.id);
  const older = others.find(({ createdAt }) => createdAt < revision.createdAt);
  const usual = publishedId !== undefined && publishedId !== revision.id ? publishedId : (older?.id ?? others[0]?.id);
  const from = others.find(({ id }) => id === value("from"))?.id ?? usual;
  const diff = useQuery(
    trpc.blueprint.diff.queryOptions(
      { fromRevisionId: from ?? "", toRevisionId: revision.id },
      { enabled: from !== undefined },
    ),
  );
  if (from === undefined) return <Empty title="There is no other revision to compare with" />;
  return (
    <>
      <NativeSelect
        label="Compared with"
        mb="md"
        maw={420}
        value={from}
        onChange={(event) => change({ from: event.currentTarget.value })}
        data={others.map((other) => ({
          value: other.id,
          label: `${other.digest.slice(0, 12)}${other.id === publishedId ? " (in the catalog)" : ""}`,
        }))}
      />
      <ProblemNotice error={diff.error} title="Not compared" />
      {diff.isPending ? <Loading what="the changes" /> : null}
      {diff.data?.length === 0 ? <Empty title="The files are the same" /> : null}
      {(diff.data ?? []).map((file) => (
        <section key={file.path} aria-label={file.path}>
          <h3 className={styles.line}>
            <code>{file.path}</code> <span className={styles.meta}>{file.change}</span>
          </h3>
          <Patch text={file.patch} />
        </section>
      ))}
    </>
  );
}
