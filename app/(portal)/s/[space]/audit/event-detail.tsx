"use client";

import { ActorName } from "#app/_portal/actor-name.tsx";
import { auditActionWord } from "#app/_portal/audit-action-words.ts";
import { showValue } from "#app/_portal/show-value.ts";
import type { Outputs } from "#app/_trpc/outputs.ts";
import { CopyCode } from "#app/_ui/copy-code.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Facts } from "#app/_ui/facts.tsx";
import { Notice } from "#app/_ui/state/notice.tsx";
import { Moment } from "#app/_ui/time/moment.tsx";
import { OutcomeBadge } from "./outcome-badge.tsx";
import { UtcTime } from "./utc-time.tsx";

type Detail = Outputs["audit"]["find"];

/** Who, what, on what, before and after, and the proof that the record is whole. */
export function EventDetail({ event }: { event: Detail }) {
  return (
    <>
      <p>
        <ActorName actor={event.actor} /> {auditActionWord(event.action)}: {event.object.name || event.object.id}
      </p>
      <Notice tone={event.isIntact ? "good" : "failed"} title={event.isIntact ? "Record intact" : "Record altered"}>
        {event.isIntact
          ? "Its hash fits its text and follows on the event before it."
          : "Its hash does not fit its text, or does not follow on the event before it."}
        {event.checkpoint ? (
          <div>
            Covered by the signed head #{event.checkpoint.seq}, <Moment at={event.checkpoint.at} />.
          </div>
        ) : (
          <div>Not covered by a signed head yet.</div>
        )}
      </Notice>
      <Facts
        items={[
          { name: "Time (UTC)", value: <UtcTime at={event.at} /> },
          { name: "Outcome", value: <OutcomeBadge outcome={event.outcome} /> },
          { name: "Action", value: <code>{event.action}</code> },
          { name: "Via", value: event.via },
          { name: "Address", value: event.address ?? "unknown" },
          {
            name: "Request",
            value: <CopyCode shown={event.requestId} what="request id" />,
          },
        ]}
      />
      {event.changes.length > 0 ? (
        <>
          <h3>Changes</h3>
          <DataTable
            label="Changes"
            rows={event.changes}
            rowKey={(row) => row.field}
            columns={[
              { key: "field", label: "Field", cell: (row) => <code>{row.field}</code> },
              { key: "before", label: "Before", cell: (row) => <code>− {showValue(row.before)}</code> },
              { key: "after", label: "After", cell: (row) => <code>+ {showValue(row.after)}</code> },
            ]}
          />
        </>
      ) : null}
      <h3>Record</h3>
      <Hash name="hash" value={event.hash} />
      <Hash name="previous hash" value={event.previousHash} />
      <pre style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{event.record}</pre>
    </>
  );
}

function Hash({ name, value }: { name: string; value: string }) {
  return (
    <p>
      {name} <CopyCode shown={value} what={name} />
    </p>
  );
}
