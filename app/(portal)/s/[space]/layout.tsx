import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { DataBoundary } from "#app/_portal/data-boundary.tsx";
import { Shell } from "#app/_portal/shell/shell.tsx";
import { ApiProvider } from "#app/_trpc/react.tsx";
import { getQueryClient, Hydrate, trpc } from "#app/_trpc/server.tsx";
import { UnknownSpace } from "./unknown-space.tsx";

export const dynamic = "force-dynamic";

export default async function SpaceLayout(props: { children: ReactNode; params: Promise<{ space: string }> }) {
  const { space } = await props.params;
  const me = await getQueryClient()
    .fetchQuery(trpc.me.find.queryOptions())
    .catch(() => null);
  if (!me) redirect(`/sign-in?to=${encodeURIComponent(`/s/${space}`)}`);
  if (!me.spaces.some((each) => each.slug === space)) return <UnknownSpace slug={space} spaces={me.spaces} />;
  return (
    <ApiProvider>
      <Hydrate>
        <DataBoundary what="the portal">
          <Shell space={space}>{props.children}</Shell>
        </DataBoundary>
      </Hydrate>
    </ApiProvider>
  );
}
