"use client";

import { ActorName } from "#app/_portal/actor-name.tsx";
import { EnabledBadge } from "#app/_portal/enabled-badge.tsx";
import { showValue } from "#app/_portal/show-value.ts";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Moment } from "#app/_ui/time/moment.tsx";
import type { PolicyView } from "./policy-view.ts";

/** Every version the setting has had here, with what changed against the one before. */
export function SettingHistory({ policy }: { policy: PolicyView }) {
  if (policy.history.length === 0)
    return (
      <Section title="History">
        <p>Never changed in this space: the limits are the released ones.</p>
      </Section>
    );
  const released = Object.fromEntries(Object.entries(policy.fields).map(([name, field]) => [name, field.default]));
  const rows = policy.history.map((version, at) => ({
    ...version,
    before: policy.history[at + 1]?.data ?? released,
  }));
  return (
    <Section title="History" plain>
      <DataTable
        label="Versions"
        rows={rows}
        rowKey={(row) => String(row.version)}
        columns={[
          { key: "version", label: "Version", numeric: true, cell: (row) => row.version },
          { key: "state", label: "State", cell: (row) => <EnabledBadge enabled={row.enabled} /> },
          { key: "changes", label: "Changed", cell: (row) => <Changes before={row.before} after={row.data} /> },
          { key: "reason", label: "Reason", cell: (row) => row.reason },
          { key: "who", label: "By", cell: (row) => <ActorName actor={row.updatedBy} /> },
          { key: "at", label: "When", cell: (row) => <Moment at={row.updatedAt} /> },
        ]}
      />
    </Section>
  );
}

function Changes({ before, after }: { before: Record<string, unknown>; after: Record<string, unknown> }) {
  const names = Object.keys(after).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  if (names.length === 0) return "no limit";
  return names.map((name) => (
    <div key={name}>
      <code>
        {name}: {showValue(before[name])} → {showValue(after[name])}
      </code>
    </div>
  ));
}
