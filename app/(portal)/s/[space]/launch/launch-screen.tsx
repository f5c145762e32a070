"use client";

import { DataBoundary } from "#app/_portal/data-boundary.tsx";
import { PageHeader } from "#app/_ui/page-header.tsx";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import { DraftEditor } from "./draft-editor.tsx";
import { LaunchStart } from "./launch-start.tsx";

/** One page, one draft, two ways in: a sentence, or a form. The draft's id is in the address. */
export function LaunchScreen({ space }: { space: string }) {
  const { value } = useUrlState();
  const draft = value("draft");
  return (
    <>
      <PageHeader title="Launch an environment" />
      {draft ? (
        <DataBoundary what="this draft">
          <DraftEditor key={draft} id={draft} space={space} />
        </DataBoundary>
      ) : (
        <LaunchStart space={space} />
      )}
    </>
  );
}
