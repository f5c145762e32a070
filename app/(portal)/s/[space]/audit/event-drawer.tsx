"use client";

import { Drawer } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ProblemNotice } from "#app/_portal/problem-notice.tsx";
import { useTRPC } from "#app/_trpc/react.tsx";
import { Loading } from "#app/_ui/state/loading.tsx";
import { useUrlState } from "#app/_ui/use-url-state.ts";
import { EventDetail } from "./event-detail.tsx";

/** One event in full; its number is in the address. */
export function EventDrawer() {
  const trpc = useTRPC();
  const { value, change } = useUrlState();
  const seq = Number(value("event"));
  const open = Number.isSafeInteger(seq) && seq > 0;
  const event = useQuery(trpc.audit.find.queryOptions({ seq }, { enabled: open, staleTime: Number.POSITIVE_INFINITY }));
  return (
    <Drawer opened={open} onClose={() => change({ event: null })} position="right" size="lg" title={`Event #${seq}`}>
      <ProblemNotice error={event.error} title="The event could not be shown" />
      {event.isPending && open ? <Loading what="the event" /> : null}
      {event.data ? <EventDetail event={event.data} /> : null}
    </Drawer>
  );
}
