import type { Metadata } from "next";
import { DataBoundary } from "#app/_portal/data-boundary.tsx";
import { listPages } from "#app/_trpc/list-pages.ts";
import { Hydrate, prefetchPages, trpc } from "#app/_trpc/server.tsx";
import { PageHeader } from "#app/_ui/page-header.tsx";
import { ApprovalList } from "./approval-list.tsx";
import { approvalQuestion } from "./approval-question.ts";

export const metadata: Metadata = { title: "Approvals" };

type Props = {
  params: Promise<{ space: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function ApprovalsPage({ params, searchParams }: Props) {
  const { space } = await params;
  prefetchPages(trpc.approval.list.infiniteQueryOptions(approvalQuestion(space, await searchParams), listPages));
  return (
    <Hydrate>
      <PageHeader title="Approvals" lead="Requests whose policies want a person to decide." />
      <DataBoundary what="approvals" rows={8}>
        <ApprovalList space={space} />
      </DataBoundary>
    </Hydrate>
  );
}
