"use client";

import { Button, Switch, Tabs } from "@mantine/core";
import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { listPages } from "#app/_trpc/list-pages.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import { approvalQuestion, approvalTabs } from "./approval-question.ts";
import { type ApprovalRow, ApprovalTable } from "./approval-table.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import { whyNotInBulk } from "./bulk-rules.ts";
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
  const [ids, setIds] = useState<readonly string[]>([]);
  const chosen = rows.filter((row) => ids.includes(row.id) && row.canVote);
  const mayChoose = tab === "for_me" && rows.filter((row) => whyNotInBulk(row, []) === null).length > 1;
  const toggle = ({ id }: ApprovalRow) =>
    setIds((before) => (before.includes(id) ? before.filter((each) => each !== id) : [...before, id]));
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
              {rows.length === 0 ? <NoApprovals space={space} tab={tab} /> : null}
              {rows.length > 0 ? (
                <ApprovalTable rows={rows} choose={mayChoose ? { chosen, toggle } : undefined} />
              ) : null}
              {tab === "for_me" ? <BulkBar chosen={chosen} clear={() => setIds([])} /> : null}
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
