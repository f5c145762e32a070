import type { Metadata } from "next";
import { DataBoundary } from "#app/_portal/data-boundary.tsx";
import { findOr404 } from "#app/_trpc/find-or-404.ts";
import { Hydrate, trpc } from "#app/_trpc/server.tsx";
import { ApprovalScreen } from "./approval-screen.tsx";

export const metadata: Metadata = { title: "Approval" };

export default async function ApprovalPage({ params }: { params: Promise<{ space: string; id: string }> }) {
  const { id } = await params;
  await findOr404(trpc.approval.find.queryOptions({ id }));
  return (
    <Hydrate>
      <DataBoundary what="this request">
        <ApprovalScreen id={id} />
      </DataBoundary>
    </Hydrate>
  );
}
