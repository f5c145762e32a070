import type { Metadata } from "next";
import { DataBoundary } from "#app/_portal/data-boundary.tsx";
import { Hydrate, prefetch, trpc } from "#app/_trpc/server.tsx";
import { readParam } from "#app/_ui/read-params.ts";
import { LaunchScreen } from "./launch-screen.tsx";

export const metadata: Metadata = { title: "Launch" };

type Props = {
  params: Promise<{ space: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function LaunchPage({ params, searchParams }: Props) {
  const { space } = await params;
  const draft = readParam(await searchParams, "draft");
  prefetch(trpc.catalog.offered.queryOptions({ space }), trpc.draft.list.queryOptions({ space }));
  if (draft) prefetch(trpc.draft.find.queryOptions({ id: draft }));
  return (
    <Hydrate>
      <DataBoundary what="the launch page">
        <LaunchScreen space={space} />
      </DataBoundary>
    </Hydrate>
  );
}
