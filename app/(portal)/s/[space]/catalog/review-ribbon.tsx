"use client";

import { IconAlertTriangle, IconRosetteDiscountCheck } from "@tabler/icons-react";
import type { Outputs } from "#app/_trpc/outputs.ts";
import { StatusBadge } from "#app/_ui/status-badge.tsx";

type Reviewed = Pick<Outputs["catalog"]["list"]["items"][number], "digest" | "reviewer" | "hasChangesWaiting">;

/** Who reviewed the published revision, and whether a newer one waits. */
export function ReviewRibbon({ item }: { item: Reviewed }) {
  if (item.hasChangesWaiting)
    return <StatusBadge tone="warning" icon={IconAlertTriangle} word="Newer revision not reviewed" />;
  return (
    <span title={`revision ${item.digest}`} style={{ display: "inline-flex" }}>
      <StatusBadge
        tone="good"
        icon={IconRosetteDiscountCheck}
        word={
          item.reviewer
            ? `Reviewed by ${item.reviewer.kind === "system" ? "the release" : item.reviewer.name}`
            : "Reviewed"
        }
      />
    </span>
  );
}
