import { Button } from "@mantine/core";
import type { Metadata } from "next";
import Link from "next/link";
import { DataBoundary } from "#app/_portal/data-boundary.tsx";
import { listPages } from "#app/_trpc/list-pages.ts";
import { Hydrate, prefetchPages, trpc } from "#app/_trpc/server.tsx";
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
        actions={
          <Button component={Link} href={`/s/${space}/launch`}>
            Launch an environment
          </Button>
        }
      />
      <DataBoundary what="environments" rows={10}>
        <EnvironmentList space={space} />
      </DataBoundary>
    </Hydrate>
  );
}
