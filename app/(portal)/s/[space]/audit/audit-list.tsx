"use client";

import { Button } from "@mantine/core";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useTRPC, useTRPCClient } from "#app/_trpc/react.tsx";
import { Empty } from "#app/_ui/state/empty.tsx";
import { Loading } from "#app/_ui/state/loading.tsx";
import { NoMatch } from "#app/_ui/state/no-match.tsx";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import styles from "./audit.module.css";
import { AuditFacets } from "./audit-facets.tsx";
import { AuditTable } from "./audit-table.tsx";
import { SearchLine } from "./search-line.tsx";

export function AuditList({ spaceId }: { spaceId: string }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { value, change } = useUrlState();
  const search = value("q");
  const list = useInfiniteQuery({
    queryKey: [...trpc.audit.list.queryKey({ search, spaceId }), "pages"],
    queryFn: ({ pageParam }) =>
      client.audit.list.query({ search, spaceId, ...(pageParam === null ? {} : { before: pageParam }) }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
  const pages = list.data?.pages ?? [];
  const problems = pages[0]?.problems ?? [];
  const events = pages.flatMap((page) => page.events);
  const exportLink = (format: "jsonl" | "csv") =>
    `/api/audit/export?${new URLSearchParams({ format, search, spaceId })}`;
  return (
    <>
      <SearchLine problems={problems} />
      <div className={styles.columns}>
        <aside aria-label="Facets">
          <AuditFacets search={search} spaceId={spaceId} />
        </aside>
        <div aria-busy={list.isFetching}>
          <div className={styles.head}>
            <span>Export what is found:</span>
            <a href={exportLink("jsonl")} download>
              JSON lines, verifiable
            </a>
            <a href={exportLink("csv")} download>
              CSV, to read
            </a>
          </div>
          <ProblemNotice error={list.error} title="The trail could not be read" />
          {list.isPending ? <Loading what="the trail" rows={10} /> : null}
          {events.length > 0 ? <AuditTable events={events} /> : null}
          {list.data && events.length === 0 && problems.length === 0 ? (
            search ? (
              <NoMatch
                total={null}
                what="events"
                filters={[{ name: "q", label: search }]}
                remove={() => change({ q: null })}
                clear={() => change({ q: null })}
              />
            ) : (
              <Empty title="Nothing has happened in this space yet" />
            )
          ) : null}
          {list.hasNextPage ? (
            <Button
              variant="default"
              mt="md"
              loading={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              Show earlier events
            </Button>
          ) : null}
        </div>
      </div>
    </>
  );
}
