import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { FailureBoundary } from "#app/_portal/failure-boundary.tsx";
import { ToSignIn } from "#app/_portal/session/to-sign-in.tsx";
import { Shell } from "#app/_portal/shell/shell.tsx";
import { ApiProvider } from "#app/_trpc/react.tsx";
import { getQueryClient, Hydrate, trpc } from "#app/_trpc/server.tsx";

export const dynamic = "force-dynamic";

export default async function SpaceLayout(props: { children: ReactNode; params: Promise<{ space: string }> }) {
  const { space } = await props.params;
  const me = await getQueryClient()
    .fetchQuery(trpc.me.find.queryOptions())
    .catch(() => null);
  if (!me) return <ToSignIn />;
  if (!me.spaces.some((each) => each.slug === space)) notFound();
  return (
    <ApiProvider>
      <Hydrate>
        <FailureBoundary what="the portal">
          <Shell space={space}>{props.children}</Shell>
        </FailureBoundary>
      </Hydrate>
    </ApiProvider>
  );
}
