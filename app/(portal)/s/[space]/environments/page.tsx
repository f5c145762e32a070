import type { Metadata } from "next";
import { DataBoundary } from "#app/_portal/data-boundary.tsx";
import { listPages } from "#app/_trpc/list-pages.ts";
import { Hydrate, prefetchPages, trpc } from "#app/_trpc/server.tsx";
import { ButtonLink } from "#app/_ui/button-link.tsx";
import { PageHeader } from "#app/_ui/page-header.tsx";
import { EnvironmentList } from "./environment-list.tsx";
import { listQuestion } from "./list-question.ts";

export const metadata: Metadata = { title: "Environments" };

type Props = {
  params: Promise<{ space: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function EnvironmentsPage({ params, searchParams }: Props) {
  const { space } = await params;
  prefetchPages(trpc.environment.list.infiniteQueryOptions(listQuestion(space, await searchParams), listPages));
  return (
    <Hydrate>
      <PageHeader
        title="Environments"
        actions={<ButtonLink href={`/s/${space}/launch`}>Launch an environment</ButtonLink>}
      />
      <DataBoundary what="environments" rows={10}>
        <EnvironmentList space={space} />
      </DataBoundary>
    </Hydrate>
  );
}
