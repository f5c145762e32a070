import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DataBoundary } from "#app/_portal/data-boundary.tsx";
import { findOr404 } from "#app/_trpc/find-or-404.ts";
import { Hydrate, prefetch, trpc } from "#app/_trpc/server.tsx";
import { readParam } from "#app/_ui/read-params.ts";
import { RevisionScreen } from "./revision-screen.tsx";

type Props = {
  params: Promise<{ space: string; name: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${(await params).name} · Blueprints` };
}

export default async function BlueprintRevisionsPage({ params, searchParams }: Props) {
  const { space, name } = await params;
  const revisions = await findOr404(trpc.blueprint.revisions.queryOptions({ space, blueprintName: name }));
  const wanted = readParam(await searchParams, "revision");
  const shown = revisions.find(({ id }) => id === wanted) ?? revisions[0];
  if (!shown) notFound();
  prefetch(
    trpc.blueprint.revision.queryOptions({ revisionId: shown.id }),
    trpc.catalog.offered.queryOptions({ space }),
  );
  return (
    <Hydrate>
      <DataBoundary what="this blueprint">
        <RevisionScreen space={space} name={name} />
      </DataBoundary>
    </Hydrate>
  );
}
