"use client";

import { Button } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import styles from "#app/_portal/shell/shell.module.css";
import { useLive } from "./live-provider.tsx";

/** Silent while all is well; says so when the page no longer hears of changes. */
export function LiveState() {
  const { state } = useLive();
  const queries = useQueryClient();
  return (
    <div role="status">
      {state === "paused" ? (
        <span className={styles.paused} data-tone="warning">
          <IconPlugConnectedX size={16} aria-hidden />
          <span className={styles.wide}>Live updates paused, reconnecting</span>
          <Button size="compact-xs" variant="default" onClick={() => void queries.invalidateQueries()}>
            Refresh
          </Button>
        </span>
      ) : null}
    </div>
  );
}
