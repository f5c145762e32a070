import type { Metadata } from "next";
import { PageHeader } from "#app/_ui/page-header.tsx";
import { AuditScreen } from "./audit-screen.tsx";

export const metadata: Metadata = { title: "Audit" };

export default function AuditPage() {
  return (
    <>
      <PageHeader
        title="Audit"
        lead="Every change, by whom, in one chain of records that cannot be altered unnoticed."
      />
      <AuditScreen />
    </>
  );
}
