import { notFound } from "next/navigation";
import { DataBoundary } from "#app/_portal/data-boundary.tsx";
import { environmentNumber } from "#app/_portal/environment-number.ts";
import { findOr404 } from "#app/_trpc/find-or-404.ts";
import { Hydrate, prefetch, trpc } from "#app/_trpc/server.tsx";
import { EnvironmentScreen } from "./environment-screen.tsx";
import { prefetchTab } from "./prefetch-tab.ts";

type Props = {
  params: Promise<{ space: string; ref: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function EnvironmentPage({ params, searchParams }: Props) {
  const { space, ref } = await params;
  const number = environmentNumber(ref);
  if (number === null) notFound();
  const { tab } = await searchParams;
  const environment = await findOr404(trpc.environment.find.queryOptions({ space, number }));
  prefetch(trpc.environment.runs.queryOptions({ environmentId: environment.id }));
  prefetch(...prefetchTab(environment.id, typeof tab === "string" ? tab : "overview"));
  return (
    <Hydrate>
      <DataBoundary what="this environment">
        <EnvironmentScreen space={space} number={number} />
      </DataBoundary>
    </Hydrate>
  );
}
