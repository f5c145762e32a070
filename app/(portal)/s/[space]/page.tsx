import type { Metadata } from "next";
import { DataBoundary } from "#app/_portal/data-boundary.tsx";
import { Hydrate, prefetch, trpc } from "#app/_trpc/server.tsx";
import { ButtonLink } from "#app/_ui/button-link.tsx";
import { PageHeader } from "#app/_ui/page-header.tsx";
import styles from "./home.module.css";
import { homeQuestions } from "./home-questions.ts";
import { MonthCost } from "./month-cost.tsx";
import { MyEnvironments } from "./my-environments.tsx";
import { WaitingForMe } from "./waiting-for-me.tsx";

export const metadata: Metadata = { title: "Home" };

export default async function HomePage({ params }: { params: Promise<{ space: string }> }) {
  const { space } = await params;
  const questions = homeQuestions(space);
  prefetch(
    trpc.environment.list.queryOptions(questions.mine),
    trpc.approval.list.queryOptions(questions.forMe),
    trpc.approval.list.queryOptions(questions.iAsked),
    trpc.report.month.queryOptions({ space }),
  );
  return (
    <Hydrate>
      <PageHeader
        title="Home"
        actions={
          <>
            <ButtonLink href={`/s/${space}/launch?ask=1`}>Describe what you need</ButtonLink>
            <ButtonLink href={`/s/${space}/catalog`} variant="default">
              Open the catalog
            </ButtonLink>
          </>
        }
      />
      <div className={styles.columns}>
        <DataBoundary what="your environments">
          <MyEnvironments space={space} />
        </DataBoundary>
        <div>
          <DataBoundary what="approvals" rows={3}>
            <WaitingForMe space={space} />
          </DataBoundary>
          <DataBoundary what="this month's cost" rows={3}>
            <MonthCost space={space} />
          </DataBoundary>
        </div>
      </div>
    </Hydrate>
  );
}
