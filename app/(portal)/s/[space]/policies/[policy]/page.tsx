import { DataBoundary } from "#app/_portal/data-boundary.tsx";
import { findOr404 } from "#app/_trpc/find-or-404.ts";
import { Hydrate, trpc } from "#app/_trpc/server.tsx";
import { PolicyScreen } from "./policy-screen.tsx";

type Props = { params: Promise<{ space: string; policy: string }> };

export default async function PolicyPage({ params }: Props) {
  const { space, policy } = await params;
  await findOr404(trpc.policy.find.queryOptions({ space, policyName: policy }));
  return (
    <Hydrate>
      <DataBoundary what="this policy">
        <PolicyScreen space={space} name={policy} />
      </DataBoundary>
    </Hydrate>
  );
}
