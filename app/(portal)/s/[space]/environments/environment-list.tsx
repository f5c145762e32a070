"use client";

import { Button } from "@mantine/core";
import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useDeferredValue } from "react";
import { EnvironmentTable } from "#app/_portal/environment-table.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { listPages } from "#app/_trpc/list-pages.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Empty } from "#app/_ui/state/empty.tsx";
import { NoMatch } from "#app/_ui/state/no-match.tsx";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import { EnvironmentFilters } from "./environment-filters.tsx";
import styles from "./environment-list.module.css";
import { exportLink } from "./export-link.ts";
import { LinkFilters } from "./link-filters.tsx";
import { listQuestion } from "./list-question.ts";
import { shownFilters } from "./shown-filters.ts";

export function EnvironmentList({ space }: { space: string }) {
  const trpc = useTRPC();
  const { path, can, timeZone } = useSpace();
  const { params, change } = useUrlState();
  const query = useDeferredValue(params.toString());
  const list = useSuspenseInfiniteQuery(
    trpc.environment.list.infiniteQueryOptions(listQuestion(space, new URLSearchParams(query)), listPages),
  );
  const rows = list.data.pages.flatMap((page) => page.items);
  const total = list.data.pages[0]?.total ?? null;
  const filters = shownFilters(params, timeZone);
  const remove = (name: string) => change({ [name]: null }, "push");
  const clear = () => change(Object.fromEntries(filters.map(({ name }) => [name, null])), "push");
  return (
    <>
      <EnvironmentFilters />
      <LinkFilters filters={filters.filter(({ hasField }) => !hasField)} remove={remove} />
      <div className={styles.head}>
        <p role="status">
          {total === null ? `${rows.length} shown` : `${total} ${total === 1 ? "environment" : "environments"}`}
          {filters.length > 0 ? ` match ${filters.map((filter) => filter.label).join(", ")}` : ""}
        </p>
        <a href={exportLink(space, query)} download>
          Export these as CSV (UTC times)
        </a>
      </div>
      <div aria-busy={query !== params.toString()}>
        {rows.length > 0 ? (
          <EnvironmentTable rows={rows} />
        ) : filters.length > 0 ? (
          <NoMatch total={null} what="environments" filters={filters} remove={remove} clear={clear} />
        ) : (
          <Empty
            title="No environments yet"
            action={
              can("environment.launch") ? (
                <Button component={Link} href={path("catalog")} size="xs">
                  Choose from the catalog
                </Button>
              ) : null
            }
          >
            What is launched in this space is listed here, running or over.
          </Empty>
        )}
      </div>
      {list.hasNextPage ? (
        <Button variant="default" mt="md" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Show more
        </Button>
      ) : null}
    </>
  );
}
