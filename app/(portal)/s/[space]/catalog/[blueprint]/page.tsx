import { DataBoundary } from "#app/_portal/data-boundary.tsx";
import { findOr404 } from "#app/_trpc/find-or-404.ts";
import { Hydrate, prefetch, trpc } from "#app/_trpc/server.tsx";
import { BlueprintPage } from "./blueprint-page.tsx";

type Props = { params: Promise<{ space: string; blueprint: string }> };

export default async function CatalogItemPage({ params }: Props) {
  const { space, blueprint } = await params;
  prefetch(
    trpc.blueprint.revisions.queryOptions({ space, blueprintName: blueprint }),
    trpc.policy.list.queryOptions({ space }),
  );
  await findOr404(trpc.catalog.find.queryOptions({ space, blueprint }));
  return (
    <Hydrate>
      <DataBoundary what="this blueprint">
        <BlueprintPage space={space} name={blueprint} />
      </DataBoundary>
    </Hydrate>
  );
}
