"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import { DataTable } from "#app/_ui/data-table.tsx";
import type { Verdict } from "#server/policy/verdict.ts";
import { DecisionBadge } from "./decision-badge.tsx";
import { PolicyLink } from "./policy-link.tsx";
import styles from "./verdict.module.css";
import { VerdictReason } from "./verdict-reason.tsx";

const rank = { Denied: 0, Manual: 1, Approved: 2 } as const;

/** Every policy's answer: those that hold the request up first, the passing ones folded behind their count. */
export function VerdictTable({ verdicts, space }: { verdicts: readonly Verdict[]; space: string }) {
  const [open, setOpen] = useState(false);
  const sorted = [...verdicts].sort((a, b) => rank[a.word] - rank[b.word] || a.title.localeCompare(b.title));
  const telling = sorted.filter((verdict) => verdict.word !== "Approved" || verdict.warnings.length > 0);
  const passing = sorted.length - telling.length;
  const shown = open ? sorted : telling;
  return (
    <>
      {shown.length > 0 ? (
        <DataTable
          label="Verdicts"
          rows={shown}
          rowKey={(verdict) => `${verdict.policy}/${verdict.grain ?? ""}`}
          columns={[
            {
              key: "policy",
              label: "Policy",
              width: 200,
              cell: (verdict) => (
                <div>
                  <PolicyLink space={space} policy={verdict.policy} title={verdict.title} grain={verdict.grain} />
                  <span className={styles.grain} title={verdict.digest}>
                    <code>{verdict.digest.slice(0, 8)}</code> in {verdict.tookMs.toFixed(1)} ms
                  </span>
                </div>
              ),
            },
            {
              key: "word",
              label: "Verdict",
              width: 150,
              cell: (verdict) => <DecisionBadge word={verdict.word} error={verdict.error !== undefined} />,
            },
            {
              key: "reason",
              label: "Reason and facts read",
              block: true,
              cell: (verdict) => <VerdictReason verdict={verdict} />,
            },
          ]}
        />
      ) : null}
      {passing > 0 ? (
        <Button variant="subtle" size="xs" mt={4} aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? "Hide passing policies" : `Show ${passing} passing ${passing === 1 ? "policy" : "policies"}`}
        </Button>
      ) : null}
    </>
  );
}
