import type { Metadata } from "next";
import { DataBoundary } from "#app/_portal/data-boundary.tsx";
import { Hydrate, prefetch, trpc } from "#app/_trpc/server.tsx";
import { ButtonLink } from "#app/_ui/button-link.tsx";
import { PageHeader } from "#app/_ui/page-header.tsx";
import { PolicyList } from "./policy-list.tsx";

export const metadata: Metadata = { title: "Policies" };

export default async function PoliciesPage({ params }: { params: Promise<{ space: string }> }) {
  const { space } = await params;
  prefetch(trpc.policy.list.queryOptions({ space }));
  return (
    <Hydrate>
      <PageHeader
        title="Policies"
        lead="Reviewed rules as code. Every launch, extension and plan in this space is judged by those that are enabled."
        actions={
          <>
            <ButtonLink href={`/s/${space}/policies/rules`} variant="default">
              Static rules
            </ButtonLink>
            <ButtonLink href={`/s/${space}/policies/draft`} variant="default">
              Try a draft
            </ButtonLink>
          </>
        }
      />
      <DataBoundary what="policies" rows={8}>
        <PolicyList space={space} />
      </DataBoundary>
    </Hydrate>
  );
}
