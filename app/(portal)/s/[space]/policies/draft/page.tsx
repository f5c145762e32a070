import type { Metadata } from "next";
import { PageHeader } from "#app/_ui/page-header.tsx";
import { DraftForm } from "./draft-form.tsx";

export const metadata: Metadata = { title: "Try a draft" };

export default async function DraftPage({ params }: { params: Promise<{ space: string }> }) {
  const { space } = await params;
  return (
    <>
      <PageHeader
        title="Try a draft"
        crumbs={[{ label: "Policies", href: `/s/${space}/policies` }]}
        lead="Checks a policy you are writing, runs its tests and asks it about a document. Nothing is stored: a policy judges once it is reviewed and released."
      />
      <DraftForm />
    </>
  );
}
