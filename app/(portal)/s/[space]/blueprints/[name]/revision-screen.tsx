"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { RevisionStateBadge } from "#app/_portal/revision-state-badge.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { PageHeader } from "#app/_ui/page-header.tsx";
import { UrlTabs } from "#app/_ui/url-tabs.tsx";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import styles from "#app/(portal)/s/[space]/blueprints/blueprints.module.css";
import { EditTab } from "./edit-tab.tsx";
import { FilesTab } from "./files-tab.tsx";
import { ReviewPanel } from "./review-panel.tsx";
import { RevisionDiff } from "./revision-diff.tsx";
import { RevisionPicker } from "./revision-picker.tsx";

/** One blueprint's revisions: read one, compare it, review it, publish it, or write the next. */
export function RevisionScreen({ space, name }: { space: string; name: string }) {
  const trpc = useTRPC();
  const { path, can } = useSpace();
  const { value } = useUrlState();
  const { data: revisions } = useSuspenseQuery(trpc.blueprint.revisions.queryOptions({ space, blueprintName: name }));
  const { data: catalog } = useSuspenseQuery(trpc.catalog.offered.queryOptions({ space }));
  const shown = revisions.find(({ id }) => id === value("revision")) ?? revisions[0];
  const { data: revision } = useSuspenseQuery(trpc.blueprint.revision.queryOptions({ revisionId: shown?.id ?? "" }));
  const published = catalog.find((item) => item.blueprintName === name)?.revisionId;
  return (
    <>
      <PageHeader
        title={revision.blueprint.title}
        crumbs={[{ label: "Blueprints", href: path("blueprints") }]}
        beside={
          <>
            <code>{revision.digest.slice(0, 12)}</code>
            <RevisionStateBadge state={revision.state} />
          </>
        }
        lead={revision.blueprint.description}
      />
      <div className={styles.columns}>
        <RevisionPicker revisions={revisions} shownId={revision.id} publishedId={published} />
        <div>
          <ReviewPanel revision={revision} publishedId={published} />
          <UrlTabs
            tabs={[
              { value: "files", label: "Files", panel: <FilesTab files={revision.files} /> },
              {
                value: "diff",
                label: "Changes",
                panel: <RevisionDiff revision={revision} revisions={revisions} publishedId={published} />,
              },
              ...(can("blueprint.write")
                ? [
                    {
                      value: "edit",
                      label: "Write the next revision",
                      panel: <EditTab key={revision.id} space={space} revision={revision} />,
                    },
                  ]
                : []),
            ]}
          />
        </div>
      </div>
    </>
  );
}
