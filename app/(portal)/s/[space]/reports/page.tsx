import type { Metadata } from "next";
import { PageHeader } from "#app/_ui/page-header.tsx";
import { ReportScreen } from "./report-screen.tsx";

export const metadata: Metadata = { title: "Reports" };

export default function ReportsPage() {
  return (
    <>
      <PageHeader title="Reports" lead="From the records of this space. Each chart has its table under it." />
      <ReportScreen />
    </>
  );
}
