"use client";

import { Button, Switch } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useLive } from "#app/_portal/live/live-provider.tsx";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Loading } from "#app/_ui/state/loading.tsx";
import styles from "./log.module.css";
import { LogPage } from "./log-page.tsx";

export type LogQuestion = {
  runId: string;
  stepId?: string;
  level?: "debug" | "info" | "warn" | "error";
  text?: string;
};

/**
 * The newest lines first loaded, earlier ones on request, new ones as they come. Following stops when the reader
 * scrolls up, and says how many lines have come since.
 */
export function LogLines(props: { environmentId: string; question: LogQuestion; running: boolean; times: boolean }) {
  const trpc = useTRPC();
  const { listen } = useLive();
  const box = useRef<HTMLDivElement>(null);
  const [follow, setFollow] = useState(true);
  const query = useInfiniteQuery(
    trpc.environment.log.infiniteQueryOptions(
      { environmentId: props.environmentId, ...props.question },
      {
        initialCursor: null,
        getPreviousPageParam: (first) => (first.earlier ? { before: first.items[0]?.id ?? 0 } : undefined),
        getNextPageParam: (_last, pages) => ({
          after: pages.findLast((page) => page.items.length > 0)?.items.at(-1)?.id ?? 0,
        }),
        staleTime: Number.POSITIVE_INFINITY,
      },
    ),
  );
  const { fetchNextPage } = query;
  useEffect(
    () => listen((change) => void (change.topic === "log" && change.id === props.environmentId && fetchNextPage())),
    [listen, props.environmentId, fetchNextPage],
  );
  const pages = query.data?.pages ?? [];
  const count = pages.reduce((sum, page) => sum + page.items.length, 0);
  const [seen, setSeen] = useState(0);
  if (follow && seen !== count) setSeen(count);
  useEffect(() => {
    if (follow && count > 0 && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [follow, count]);

  if (query.isPending) return <Loading what="the log" rows={8} rowHeight={24} />;
  const total = pages[0]?.total ?? count;
  return (
    <>
      <ProblemNotice error={query.error} title="The log could not be read" />
      <div className={styles.bar}>
        <span role="status">
          {total} {total === 1 ? "line" : "lines"}
          {props.question.text ? (total === 1 ? " matches" : " match") : ""}
          {count < total ? `, ${count} shown` : ""}
        </span>
        <Switch label="Follow" checked={follow} onChange={(event) => setFollow(event.currentTarget.checked)} />
        {!follow && count > seen ? (
          <Button size="compact-xs" variant="light" onClick={() => setFollow(true)}>
            {count - seen} new lines
          </Button>
        ) : null}
      </div>
      <div
        ref={box}
        className={styles.log}
        role="log"
        aria-live="off"
        aria-label="Log"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        tabIndex={0}
        onWheel={(event) => event.deltaY < 0 && setFollow(false)}
        onKeyDown={(event) => ["PageUp", "Home", "ArrowUp"].includes(event.key) && setFollow(false)}
      >
        {query.hasPreviousPage ? (
          <Button
            size="compact-xs"
            variant="default"
            m={8}
            loading={query.isFetchingPreviousPage}
            onClick={() => {
              setFollow(false);
              void query.fetchPreviousPage();
            }}
          >
            Show earlier lines
          </Button>
        ) : null}
        {pages.map((page) =>
          page.items.length > 0 ? (
            <LogPage key={page.items[0]?.id} lines={page.items} times={props.times} find={props.question.text} />
          ) : null,
        )}
        {count === 0 ? (
          <p className={styles.none}>{props.question.text ? "No line matches." : "No lines yet."}</p>
        ) : null}
        {props.running ? <p className={styles.none}>Still running…</p> : null}
      </div>
      <p className={styles.note}>[redacted] marks masked values. Masking is best effort: do not print secrets.</p>
    </>
  );
}
