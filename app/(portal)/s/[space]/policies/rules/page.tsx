import type { Metadata } from "next";
import { DataBoundary } from "#app/_portal/data-boundary.tsx";
import { Hydrate, prefetch, trpc } from "#app/_trpc/server.tsx";
import { PageHeader } from "#app/_ui/page-header.tsx";
import { RuleSearch } from "./rule-search.tsx";

export const metadata: Metadata = { title: "Static rules" };

export default async function RulesPage({ params }: { params: Promise<{ space: string }> }) {
  const { space } = await params;
  prefetch(trpc.policy.rules.queryOptions({ space }));
  return (
    <Hydrate>
      <PageHeader
        title="Static rules"
        crumbs={[{ label: "Policies", href: `/s/${space}/policies` }]}
        lead="What each plan is searched for. Rules of high severity deny it, the others warn."
      />
      <DataBoundary what="rules" rows={12}>
        <RuleSearch space={space} />
      </DataBoundary>
    </Hydrate>
  );
}
