import type { Metadata } from "next";
import { DataBoundary } from "#app/_portal/data-boundary.tsx";
import { Hydrate, prefetch, trpc } from "#app/_trpc/server.tsx";
import { PageHeader } from "#app/_ui/page-header.tsx";
import { CatalogList } from "./catalog-list.tsx";
import { catalogQuestion } from "./catalog-question.ts";

export const metadata: Metadata = { title: "Catalog" };

type Props = {
  params: Promise<{ space: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function CatalogPage({ params, searchParams }: Props) {
  const { space } = await params;
  prefetch(trpc.catalog.list.queryOptions(catalogQuestion(space, await searchParams)));
  return (
    <Hydrate>
      <PageHeader title="Catalog" lead="Reviewed blueprints this space may launch." />
      <DataBoundary what="the catalog" rows={8}>
        <CatalogList space={space} />
      </DataBoundary>
    </Hydrate>
  );
}
