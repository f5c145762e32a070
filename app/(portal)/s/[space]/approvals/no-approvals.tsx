"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Empty } from "#app/_ui/state/empty.tsx";
import { approvalQuestion } from "./approval-question.ts";

/** An empty queue says whether anything waits for others. */
export function NoApprovals({ space, tab }: { space: string; tab: "for_me" | "mine" | "all" }) {
  const trpc = useTRPC();
  const others = useQuery(
    trpc.approval.list.queryOptions(
      { ...approvalQuestion(space, new URLSearchParams("tab=all")), limit: 1 },
      { enabled: tab === "for_me" },
    ),
  );
  if (tab === "mine") return <Empty title="You have asked for nothing that needs approval" />;
  if (tab === "all") return <Empty title="Nothing waits for approval in this space" />;
  const waiting = others.data?.total ?? 0;
  return (
    <Empty title="Nothing waits for you">
      {waiting > 0
        ? `${waiting} wait for others in this space.`
        : "What needs a person in this space appears here by itself."}
    </Empty>
  );
}
