"use client";

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { ApprovalRow } from "./approval-table.tsx";
import styles from "./bulk.module.css";
import { BulkDialog } from "./bulk-dialog.tsx";

/** What is selected, and the one thing to do with it. */
export function BulkBar({ chosen, clear }: { chosen: readonly ApprovalRow[]; clear: () => void }) {
  const [opened, dialog] = useDisclosure(false);
  // The dialog stays while its votes empty the selection.
  if (chosen.length === 0 && !opened) return null;
  const close = () => {
    dialog.close();
    clear();
  };
  return (
    <section className={styles.bar} aria-label="Selected requests">
      <span role="status">{chosen.length} selected</span>
      <Button variant="default" size="xs" onClick={clear}>
        Clear
      </Button>
      <Button size="xs" onClick={dialog.open}>
        Approve {chosen.length}…
      </Button>
      {opened ? <BulkDialog rows={chosen} close={close} /> : null}
    </section>
  );
}
