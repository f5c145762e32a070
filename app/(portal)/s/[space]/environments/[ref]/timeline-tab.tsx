"use client";

import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { Timeline } from "#app/_portal/timeline.tsx";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Loading } from "#app/_ui/state/loading.tsx";
import type { EnvironmentView } from "./step-view.ts";

/** The audit trail of this environment, newest first: events, decisions, approvals, runs, extensions. */
export function TimelineTab({ environment }: { environment: EnvironmentView }) {
  const trpc = useTRPC();
  const query = useInfiniteQuery(
    trpc.environment.timeline.infiniteQueryOptions(
      { environmentId: environment.id },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
  );
  if (query.isPending) return <Loading what="the timeline" />;
  return (
    <>
      <ProblemNotice error={query.error} title="The timeline could not be shown" />
      <Timeline events={query.data?.pages.flatMap((page) => page.items) ?? []} />
      {query.hasNextPage ? (
        <Button
          variant="default"
          size="xs"
          mt="md"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show earlier events
        </Button>
      ) : null}
    </>
  );
}
