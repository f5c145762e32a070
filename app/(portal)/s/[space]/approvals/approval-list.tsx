"use client";

import { Button, Switch, Tabs } from "@mantine/core";
import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { listPages } from "#app/_trpc/list-pages.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import { approvalQuestion, approvalTabs } from "./approval-question.ts";
import { ApprovalTable } from "./approval-table.tsx";
import { NoApprovals } from "./no-approvals.tsx";

export function ApprovalList({ space }: { space: string }) {
  const trpc = useTRPC();
  const { params, value, change } = useUrlState();
  const query = useDeferredValue(params.toString());
  const { tab } = approvalQuestion(space, params);
  const list = useSuspenseInfiniteQuery(
    trpc.approval.list.infiniteQueryOptions(approvalQuestion(space, new URLSearchParams(query)), listPages),
  );
  const rows = list.data.pages.flatMap((page) => page.items);
  return (
    <Tabs value={tab} onChange={(next) => change({ tab: next === "for_me" ? null : next, settled: null }, "push")}>
      <Tabs.List mb="md">
        {approvalTabs.map((each) => (
          <Tabs.Tab key={each.value} value={each.value}>
            {each.label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {approvalTabs.map((each) => (
        <Tabs.Panel key={each.value} value={each.value}>
          {each.value === tab ? (
            <div aria-busy={query !== params.toString()}>
              {tab === "all" ? (
                <Switch
                  mb="sm"
                  label="Also those already settled"
                  checked={value("settled") === "yes"}
                  onChange={(event) => change({ settled: event.currentTarget.checked ? "yes" : null })}
                />
              ) : null}
              {rows.length > 0 ? <ApprovalTable rows={rows} /> : <NoApprovals space={space} tab={tab} />}
              {list.hasNextPage ? (
                <Button
                  variant="default"
                  mt="md"
                  loading={list.isFetchingNextPage}
                  onClick={() => void list.fetchNextPage()}
                >
                  Show more
                </Button>
              ) : null}
            </div>
          ) : null}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
