import type { Metadata } from "next";
import { DataBoundary } from "#app/_portal/data-boundary.tsx";
import { Hydrate, prefetch, trpc } from "#app/_trpc/server.tsx";
import { PageHeader } from "#app/_ui/page-header.tsx";
import { BlueprintList } from "./blueprint-list.tsx";

export const metadata: Metadata = { title: "Blueprints" };

export default async function BlueprintsPage({ params }: { params: Promise<{ space: string }> }) {
  const { space } = await params;
  prefetch(trpc.blueprint.revisions.queryOptions({ space, limit: 200 }), trpc.catalog.offered.queryOptions({ space }));
  return (
    <Hydrate>
      <PageHeader
        title="Blueprints"
        lead="Every revision is kept. A change is reviewed by somebody else, then published into the catalog."
      />
      <DataBoundary what="blueprints" rows={8}>
        <BlueprintList space={space} />
      </DataBoundary>
    </Hydrate>
  );
}
